public import Documents

extension Diagnostic.Code {
  public static let missingMaximum = Diagnostic.Code("missing-maximum")
  public static let expression = Diagnostic.Code("expression")
  public static let unreachable = Diagnostic.Code("unreachable")
  public static let shadowed = Diagnostic.Code("shadowed")
  public static let broad = Diagnostic.Code("broad")
  public static let untested = Diagnostic.Code("untested")
  public static let holdsItself = Diagnostic.Code("holds-itself")
}
