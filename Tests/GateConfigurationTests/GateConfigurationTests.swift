import GateConfiguration
import Documents
import GateModel
import NetworkState
import Testing

/// Configuration from text to settings.
@Suite struct GateConfigurationTests {
  private func validated(_ texts: String...) -> (settings: GateSettings, messages: [String]) {
    let sources = texts.enumerated().map { DocumentSource(name: "\($0.offset).yaml", text: $0.element) }
    let (settings, diagnostics) = ConfigurationInput(sources).validated()
    return (settings, diagnostics.map { "\($0.file):\($0.position.line):\($0.position.column): \($0.message)" })
  }

  @Test func withoutAnyFileTheDefaultsHold() {
    #expect(validated().settings == .standard)
    #expect(validated().messages == [])
    #expect(validated("apiVersion: apt-gate/v1\n").settings == .standard)
  }

  static let everything = """
    apiVersion: apt-gate/v1
    mode: observe
    policies: [/srv/policies]
    state: /srv//state/
    deadlines: {preInstall: 4s, postInstall: 2m, update: 90s}
    probes:
      need: 1
      deadline: 3s
      targets:
        - {kind: tcp, address: 198.18.0.1, port: 443}
        - {kind: icmp, address: "fd00::1"}
        - {kind: dns, address: 198.18.0.2, name: example.org}
        - {kind: http, address: 198.18.0.3, port: 8080, path: /health, status: 204}
        - {kind: neighbour, address: 198.18.0.4}
    expectedChurn:
      interfaces: ["veth*", "cali*"]
      protocols: [bird, 99]
      prefixes: [10.244.0.0/16]
    notify: {command: [/usr/local/bin/tell, --loud], deadline: 5s}
    metrics: none
    motd: /run/motd.apt-gate

    """

  @Test func everyKeyIsRead() throws {
    let (settings, messages) = validated(Self.everything)
    #expect(messages == [])
    #expect(settings.mode == .observe && settings.policies == ["/srv/policies"] && settings.state == "/srv/state")
    #expect(settings.deadlines.preInstall == .seconds(4) && settings.deadlines.postInstall == .seconds(120))
    #expect(settings.deadlines.update == .seconds(90))
    #expect(settings.probes.needed == 1 && settings.probes.deadline == .seconds(3))
    #expect(settings.probes.targets.count == 5)
    let address = try #require(IPAddress("198.18.0.3"))
    #expect(settings.probes.targets[3] == .http(address, port: 8080, path: "/health", status: 204))
    #expect(settings.churn.protocols == [12, 99] && settings.churn.interfaces == ["veth*", "cali*"])
    #expect(settings.notify == NotifySettings(command: ["/usr/local/bin/tell", "--loud"], deadline: .seconds(5)))
    #expect(settings.metrics == nil && settings.motd == "/run/motd.apt-gate")
  }

  @Test func ofSeveralFilesTheLastWordCounts() {
    let (settings, messages) = validated(
      Self.everything, "apiVersion: apt-gate/v1\nmode: enforce\ndeadlines: {update: 10s}\n")
    #expect(messages == [])
    #expect(settings.mode == .enforce && settings.deadlines.update == .seconds(10))
    #expect(settings.deadlines.preInstall == .seconds(4) && settings.state == "/srv/state")
  }

  @Test func allErrorsOfAllFilesAreToldWithTheirPlaces() {
    let (_, messages) = validated(
      "apiVersion: apt-gate/v1\nmod: enforce\nstate: relative\n",
      "apiVersion: apt-gate/v2\nmode: enforced\nmetrics: /a/../b\nnotify: {command: [tell]}\n")
    #expect(
      messages == [
        "0.yaml:2:1: unknown key `mod` in the configuration", "0.yaml:3:8: `state` `relative` is no absolute path",
        "1.yaml:1:13: `apt-gate/v2` is no version of the configuration that this apt-gate reads",
        "1.yaml:2:7: `enforced` is no mode", "1.yaml:3:10: `metrics` `/a/../b` is no absolute path",
        "1.yaml:4:19: `command` does not begin with the absolute path of a program",
      ])
  }

  /// What only shows when keys stand together, also of different files.
  @Test func keysAreComparedAfterTheyAreMerged() {
    let probes = """
      apiVersion: apt-gate/v1
      probes:
        need: 3
        deadline: 70s
        targets:
          - {kind: tcp, address: 198.18.0.1, port: 1}
          - {kind: icmp, address: 198.18.0.1}

      """
    #expect(
      validated(probes).messages == [
        "0.yaml:3:9: `need: 3` of 2 targets", "0.yaml:4:13: probes would take all of the hook's deadline of 1 minute",
        "0.yaml:6:5: all probes ask one address: if that alone fails, every update looks bad",
      ])
    let longer = "apiVersion: apt-gate/v1\ndeadlines: {postInstall: 5m}\n"
    #expect(validated(probes, longer).messages.count == 2)
    #expect(
      validated("apiVersion: apt-gate/v1\ndeadlines: {update: 11m}\n").messages == [
        "0.yaml:2:21: the deadline is 11 minutes; it must be from 1 second to 10 minutes"
      ])
  }

  @Test(arguments: [
    "{kind: tcp, address: 198.18.0.1}", "{kind: tcp, address: example.org, port: 1}", "{kind: icmp}",
    "{kind: icmp, address: 198.18.0.1, port: 1}", "{kind: ping, address: 198.18.0.1}",
    "{kind: tcp, address: 198.18.0.1, port: 70000}", "{kind: http, address: 198.18.0.1, status: 99}", "tcp",
  ])
  func probesThatCannotWorkAreRefused(probe: String) {
    let text = "apiVersion: apt-gate/v1\nprobes:\n  targets:\n    - \(probe)\n    - {kind: icmp, address: 198.18.0.9}\n"
    #expect(validated(text).messages.count == 1)
  }
}
