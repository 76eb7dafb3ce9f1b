/// A value or a key of canonical JSON that was read, and where it stands. Places of bytes are those of the buffer.
///
/// Tokens stand in the order of the text: an object's are its members' keys, each before its value.
enum CanonicalToken: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A number that is no whole one, or too large to be kept as one.
  case double(Double)
  /// What stands between the quotes is the string.
  case string(start: UInt32, end: UInt32)
  /// Between the quotes are escapes.
  case escapedString(start: UInt32, end: UInt32)
  /// `next` is the token after its last element.
  case array(count: UInt32, next: UInt32)
  /// `next` is the token after its last member.
  case object(count: UInt32, next: UInt32)
}
