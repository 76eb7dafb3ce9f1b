import Testing

@testable import apt_gate

/// Standard streams that are gone, full or no terminal.
@Suite struct StreamTests {
  private let node: MadeUpNode

  init() throws {
    node = try MadeUpNode()
    try node.install("foo", "1.0-1", postinst: ExitCodeTests.restart)
    try node.offer("foo", "1.0-2")
    try node.policy(ExitCodeTests.holdRestarts)
  }

  @Test func aReaderThatGoesAwayIsHarmless() throws {
    let outcome = try node.shell("$GATE | head -c 1; echo \" ${PIPESTATUS[0]}\"")
    #expect(outcome.output == "V 2\n")
    #expect(outcome.error == "")
  }

  @Test func aClosedStandardOutputIsHarmless() throws {
    let outcome = try node.shell("$GATE >&-; echo $?")
    #expect(outcome.output == "2\n")
  }

  @Test func closedStreamsAreHarmless() throws {
    #expect(try node.shell("$GATE <&- >&- 2>&-; echo $?").output == "2\n")
  }

  @Test func aFullDiskIs1() throws {
    let outcome = try node.shell("$GATE >/dev/full; echo $?")
    #expect(outcome.output == "1\n")
    #expect(outcome.error.hasPrefix("apt-gate: cannot write the output: "))
  }

  @Test func thereIsNoColorButOnATerminal() throws {
    #expect(try !node.gate("check").output.contains("\u{1b}"))
    #expect(try node.gate("check", "--color", "always").output.contains("\u{1b}[1;31mhold\u{1b}[0m"))
  }

  @Test(.enabled(if: Command.exists("script"), "script(1) is not installed"))
  func onATerminalThereIsColorUnlessNoColorIsSet() throws {
    let terminal = "script -qec \"$GATE\" /dev/null"
    #expect(try node.shell(terminal).output.contains("\u{1b}[1;31mhold"))
    #expect(try !node.shell("NO_COLOR=1 " + terminal).output.contains("\u{1b}["))
  }
}
