/// The text of one document.
public struct DocumentSource: Sendable, Hashable {
  /// The file's name as diagnostics show it.
  public var name: String
  /// The whole text. The caller decodes the bytes: see ``init(name:bytes:)`` for bytes that may not be UTF-8.
  public var text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Decodes `bytes` as UTF-8; nil if they are not.
  public init?(name: String, bytes: some Sequence<UInt8>) {
    guard let text = String(validating: Array(bytes), as: UTF8.self) else { return nil }
    self.init(name: name, text: text)
  }
}

/// A place in a text: line and column from 1, columns counted in Unicode code points.
public struct DocumentPosition: Sendable, Hashable, Comparable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The beginning of a text.
  public static let start = DocumentPosition(line: 1, column: 1)

  public static func < (left: DocumentPosition, right: DocumentPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
