import ArgumentParser
import Documents

/// A duration as documents write it, such as `3d` or `1d12h`.
struct DurationArgument: Sendable, Hashable, ExpressibleByArgument, CustomStringConvertible {
  var duration: Duration
  var description: String

  static let week = DurationArgument(.seconds(7 * 86_400), "7d")

  /// What an option has by default, and how a person would write it.
  init(_ duration: Duration, _ description: String) {
    self.duration = duration
    self.description = description
  }

  init?(argument: String) {
    guard let duration = DurationText.parse(argument) else { return nil }
    self.duration = duration
    description = argument
  }
}
