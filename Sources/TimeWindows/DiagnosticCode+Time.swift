public import Documents

extension Diagnostic.Code {
  public static let ambiguousTime = Diagnostic.Code("ambiguous-time")
}
