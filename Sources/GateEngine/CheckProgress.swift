/// How far a check has come.
public enum CheckProgress: Sendable, Hashable {
  /// The package lists are read.
  case collecting
  /// A change is analysed: its place among all, from 1.
  case analysing(source: String, number: Int, of: Int)
}
