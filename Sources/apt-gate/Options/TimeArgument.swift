import ArgumentParser
import GateModel

/// A time on the command line: RFC 3339, or a day in UTC, which means its beginning.
struct TimeArgument: ExpressibleByArgument, Sendable {
  var time: Timestamp

  init?(argument: String) {
    guard let time = Timestamp(argument) ?? Timestamp(argument + "T00:00:00Z") else { return nil }
    self.time = time
  }
}
