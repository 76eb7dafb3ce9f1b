import GateModel
import Policy
import Testing

@Suite struct MatchTests {
  @Test(arguments: [
    ("systemd", "systemd", true), ("systemd", "systemd-sysv", false), ("systemd*", "systemd-sysv", true),
    ("*", "", true), ("*", "x", true), ("?", "", false), ("?", "x", true), ("*-signed", "shim-signed", true),
    ("grub-*-signed", "grub-efi-amd64-signed", true), ("grub-*-signed", "grub-signed", false),
    ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-b-b-d", false), ("lib*-?", "libssl-3", true), ("", "", true),
    ("**", "x", true), ("a**", "a", true),
  ])
  func glob(pattern: String, name: String, matches: Bool) {
    #expect(Glob(pattern).matches(name) == matches)
  }

  @Test func hostileGlobIsNotExponential() {
    let pattern = String(repeating: "a*", count: 60) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 2000)))
  }

  private func fires(_ match: String, _ change: Change, _ effects: [Effect] = []) throws -> Bool {
    let rule = "{id: r, match: \(match), effect: hold, message: m}"
    let set = try Sample.policies(Sample.policy(rules: [rule]))
    let decided = set.decide(change: change, effects: effects)
    // The index may leave out what does not match, never what does.
    #expect(decided.verdict == set.explain(change: change, effects: effects).verdict)
    return decided.verdict == .hold
  }

  @Test func keysAreAndedValuesAreOred() throws {
    let change = Sample.change("demo", binaries: ["demo", "libdemo1"], security: true)
    #expect(try fires("{source: [bash, demo], binary: 'lib*'}", change))
    #expect(try !fires("{source: [bash, demo], binary: 'zlib*'}", change))
    #expect(try !fires("{source: [bash], binary: 'lib*'}", change))
    #expect(try fires("{security: true, action: [install, upgrade]}", change))
    #expect(try !fires("{security: false, action: [install, upgrade]}", change))
    #expect(try !fires("{security: true, action: remove}", change))
  }

  @Test func originsMatchByField() throws {
    let change = Sample.change("demo")
    #expect(try fires("{origin: Debian}", change))
    #expect(try fires("{origin: [Ubuntu, {codename: 'book*', component: main}]}", change))
    #expect(try !fires("{origin: {codename: 'book*', component: contrib}}", change))
    #expect(try !fires("{origin: '*'}", Sample.change("demo", origins: [])))
  }

  @Test func effectPatternIsAboutOneEffect() throws {
    let change = Sample.change("demo")
    let effects = [Sample.effect(.restart, "a.service", verb: "try-restart"), Sample.effect(.stop, "b.socket")]
    #expect(try fires("{effects: {kind: restart, unit: 'a.*'}}", change, effects))
    #expect(try !fires("{effects: {kind: restart, unit: 'b.*'}}", change, effects))
    #expect(try fires("{effects: [{kind: reboot}, {unit: 'b.*'}]}", change, effects))
    #expect(try fires("{effects: {verb: [restart, try-restart]}}", change, effects))
    #expect(try !fires("{effects: {verb: restart}}", change, effects))
    #expect(try !fires("{effects: {kind: restart, certainty: possible}}", change, effects))
    #expect(try !fires("{effects: {unit: '*.service'}}", change, [Sample.effect(.restart)]))
  }
}
