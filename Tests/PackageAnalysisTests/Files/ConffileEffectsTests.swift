import GateModel
import Testing

@testable import PackageAnalysis

/// dpkg's rule for configuration files: Debian Policy, 10.7.3.
@Suite struct ConffileEffectsTests {
  private func certainties(shipped: String?, onNode: String?, new: String?, candidate: Bool = true) -> [Certainty] {
    var old = PackageContents.sample("p", "1", .installed, files: ["/etc/p.conf"])
    old.conffiles = [Conffile(path: "/etc/p.conf", packagedDigest: shipped, nodeDigest: onNode)]
    var next = PackageContents.sample("p", "2", .candidate, files: ["/etc/p.conf"])
    next.conffiles = [Conffile(path: "/etc/p.conf", packagedDigest: new)]
    let node = TestNode(installed: [old], candidates: candidate ? [next] : [])
    let found = node.analyser().analyse(.sample("p", from: "1", to: "2", action: .upgrade)).effects
    #expect(found.allSatisfy { $0.kind == .conffile && $0.evidence.file == "/etc/p.conf" })
    return found.map(\.certainty)
  }

  @Test func onlyFilesThatBothSidesChangedAreAnEffect() {
    #expect(certainties(shipped: "a", onNode: "b", new: "c") == [.certain])
    #expect(certainties(shipped: "a", onNode: "b", new: "a").isEmpty)
    #expect(certainties(shipped: "a", onNode: "a", new: "c").isEmpty)
    #expect(certainties(shipped: "a", onNode: "b", new: "b").isEmpty)
    #expect(certainties(shipped: "a", onNode: nil, new: "c").isEmpty)
  }

  @Test func whatIsNotKnownIsPossible() {
    #expect(certainties(shipped: "a", onNode: "b", new: nil) == [.possible])
    #expect(certainties(shipped: "a", onNode: "b", new: nil, candidate: false) == [.possible])
    #expect(certainties(shipped: "a", onNode: "a", new: nil, candidate: false).isEmpty)
  }
}
