import Rollout
import Testing

@testable import apt_gate

@Suite struct FleetLinesTests {
  @Test func rings() {
    #expect(
      FleetText.status([SampleFleet.rollout]) == """
        systemd=252.39-1~deb12u1  halted, alice at 2026-10-26T07:33:20Z: the canary lost a route
          canary    [##########..........] 1/2 of 2  open, 1 failed, 1 soaked
            waits: halted by alice
          everyone  [....................] 0/38 of 40  closed
            waits: ring `canary` has not passed

        """)
    #expect(FleetText.status([]) == "no rollout goes on\n")
  }

  @Test func nodes() {
    #expect(
      FleetText.nodes([SampleFleet.node])
        == "node-1  2026-10-26T07:33:20Z  rack=r1  LOST role  NOT WELL: a probe fails\n")
  }

  @Test func controlCharactersAreShown() {
    var node = SampleFleet.node
    node.problem = "\u{1B}[2J"
    #expect(!FleetText.nodes([node]).contains("\u{1B}"))
  }
}
