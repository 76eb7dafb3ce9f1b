/// A token of the Perl that configuration files are written in.
enum PerlToken: Hashable {
  /// `$name`.
  case scalar(String)
  /// A text whose value is known: quoted without interpolation, or a number.
  case text(String)
  /// `qr(...)` without interpolation.
  case pattern(PerlPattern)
  /// `qw(...)`.
  case words([String])
  case word(String)
  case symbol(UInt8)
  /// A text or pattern whose value depends on variables.
  case opaque
}

/// A regular expression as Perl wrote it.
struct PerlPattern: Sendable, Hashable {
  var text: String
  var flags: String = ""
}
