public import Documents

/// A value with the place where it was written.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
  public var value: Value
  /// Name of the file.
  public var file: String
  public var position: DocumentPosition

  public init(_ value: Value, file: String, position: DocumentPosition) {
    self.value = value
    self.file = file
    self.position = position
  }
}
