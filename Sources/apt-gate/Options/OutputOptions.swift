import ArgumentParser
import GateModel
import Glibc

/// Options of every command that prints for people.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON instead of text.")
  var json = false

  @Option(help: "When to colour text; auto: on a terminal, unless NO_COLOR is set.")
  var color = ColorMode.auto

  @Flag(name: .shortAndLong, help: "Tell no progress and no notes on standard error.")
  var quiet = false

  /// Prints `text`, or `document` if JSON is asked for.
  func print(_ document: @autoclosure () -> JSONValue, text: (TextLayout) -> String) throws {
    let layout = TextLayout.ofStandardOutput(color: color, environment: Environment.value)
    try StandardStream.output.write(json ? JSONWriter.text(of: document()) : text(layout))
  }
}

/// The process's environment.
enum Environment {
  static func value(of name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
