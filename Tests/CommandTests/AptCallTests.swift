import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import apt_gate

/// apt's own calls go past the parser of command lines.
@Suite struct AptCallTests {
  @Test func onlyTheVeryWordsAreApts() throws {
    #expect(AptCall(["hook", "pre-install"]) == .preInstall)
    #expect(AptCall(["hook", "post-install"]) == .postInstall)
    for words in [
      [], ["hook"], ["pre-install"], ["hook", "boot"], ["hook", "pre-install", "--state", "x"],
      ["hook", "pre-install", ""],
      ["check", "pre-install"], ["hook", "Pre-install"],
    ] { #expect(AptCall(words) == nil, "\(words)") }
  }

  /// What the package tells apt to run is what goes past it.
  @Test func theyAreThoseOfThePackage() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../dist/apt.conf.d/99zz-apt-gate")
    let text = try String(contentsOf: file, encoding: .utf8)
    for call in AptCall.allCases { #expect(text.contains("/usr/bin/apt-gate hook \(call.rawValue)")) }
  }

  @Test func noOptionsMeanWhatTheParserMakesOfNone() throws {
    let parsed = try HookOptions.parse([]).choice
    let none = SettingsChoice()
    #expect(none.config == parsed.config)
    #expect(none.policies == parsed.policies)
    #expect(none.state == parsed.state)
    #expect("\(HookSettings(none))" == "\(HookSettings(parsed))")
  }
}
