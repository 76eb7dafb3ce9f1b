import AptSystem
import ArgumentParser
import GateModel
import Testing

@testable import apt_gate

@Suite struct OptionTests {
  @Test(arguments: ["1.0", "1:2.3-4", "252.39-1~deb12u2", "0", "2:1.0+b1", "1-2-3", "1:1:2", "6.1.153-1"])
  func versions(text: String) {
    #expect(VersionArgument(argument: text)?.version.text == text)
  }

  @Test(arguments: [
    "", "a", "-1", "1.0-", "x:1", "1.0 2", "1_0", ":1", "1:", "v1.0", "1.0\u{1b}", "99999999999:1", "１",
  ])
  func whatIsNoVersion(text: String) {
    #expect(VersionArgument(argument: text) == nil)
  }

  @Test func aptOptionsAreTakenAsAptTakesThem() throws {
    let command = try #require(
      try AptGate.parseAsRoot(
        CommandLineWords.normalized(["check", "-o", "A::B=c=d", "-oE=", "--apt-option", "F=1", "--", "-ox"]))
        as? CheckCommand)
    #expect(command.packages == ["-ox"])
    #expect(command.nodeOptions.aptOption.map { "\($0.key)|\($0.value)" } == ["A::B|c=d", "E|", "F|1"])
  }

  @Test(arguments: [
    ["check", "--nonsense"], ["check", "-o", "x"], ["inspect"], ["explain"], ["inspect", "a.deb", "--from", "x y"],
    ["frobnicate"], ["check", "--color", "pink"], ["completion", "tcsh"],
  ])
  func wrongUsageIs64(arguments: [String]) {
    let error = #expect(throws: (any Error).self) { try AptGate.parseAsRoot(arguments) }
    #expect(error.map { AptGate.exitCode(for: $0).rawValue } == 64)
  }

  @Test func colors() {
    func isColored(_ mode: ColorMode, _ terminal: Bool, _ environment: [String: String]) -> Bool {
      mode.isColored(onTerminal: terminal) { environment[$0] }
    }
    #expect(isColored(.auto, true, [:]))
    #expect(!isColored(.auto, false, [:]))
    #expect(!isColored(.auto, true, ["NO_COLOR": "1"]))
    #expect(isColored(.auto, true, ["NO_COLOR": ""]))
    #expect(!isColored(.auto, true, ["TERM": "dumb"]))
    #expect(isColored(.always, false, ["NO_COLOR": "1"]))
    #expect(!isColored(.never, true, [:]))
  }
}
