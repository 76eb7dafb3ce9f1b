import Documents
import GateConfiguration
import GateModel
import Testing

/// Who gives a node slots: `fleet` and `fleetlock`.
@Suite struct FleetSettingsTests {
  private func validated(_ text: String) -> (settings: GateSettings, messages: [String]) {
    let source = DocumentSource(name: "gate.yaml", text: "apiVersion: apt-gate/v1\n" + text)
    let (settings, diagnostics) = ConfigurationInput([source]).validated()
    return (settings, diagnostics.map(\.message))
  }

  @Test func aCoordinatorIsRead() {
    let (settings, messages) = validated(
      """
      fleet:
        coordinator: https://198.51.100.7:8441
        trustedCertificates: /etc/apt-gate/ca.pem
        certificate: /etc/apt-gate/node.pem
        key: /etc/apt-gate/node.key
        labels: {role: canary}
        patience: 5s
      """)
    #expect(messages == [])
    var expected = FleetMembership(coordinator: "https://198.51.100.7:8441")
    expected.credentials.trustedCertificates = "/etc/apt-gate/ca.pem"
    expected.credentials.certificate = "/etc/apt-gate/node.pem"
    expected.credentials.key = "/etc/apt-gate/node.key"
    expected.labels = ["role": "canary"]
    expected.deadline = .seconds(5)
    #expect(settings.fleet == expected && settings.fleetLock == nil)
  }

  @Test func aFleetLockServerIsRead() {
    let (plain, none) = validated("fleetlock: {url: \"http://198.51.100.7:3333/\"}\n")
    #expect(none == [] && plain.fleetLock == FleetLockMembership(url: "http://198.51.100.7:3333"))
    let (settings, messages) = validated(
      """
      fleetlock:
        url: https://locks.example.org/fleet
        group: rack.1-b
        id: 0123456789abcdef0123456789abcdef
        tokenFile: /etc/apt-gate/token
        patience: 1m
      """)
    #expect(messages == [])
    var expected = FleetLockMembership(url: "https://locks.example.org/fleet")
    expected.group = "rack.1-b"
    expected.id = "0123456789abcdef0123456789abcdef"
    expected.credentials.tokenFile = "/etc/apt-gate/token"
    expected.deadline = .seconds(60)
    #expect(settings.fleetLock == expected && settings.fleet == nil)
  }

  @Test(arguments: [
    ("fleetlock: {group: a}", "url"), ("fleetlock: {url: locks}", "no address of a FleetLock server"),
    ("fleetlock: {url: \"http://\"}", "no address of a FleetLock server"),
    ("fleetlock: {url: \"http://a@b\"}", "no address of a FleetLock server"),
    ("fleetlock: {url: \"http://a\", group: a b}", "`group` is 1 to 128"),
    ("fleetlock: {url: \"http://a\", group: \"\"}", "`group`"),
    ("fleetlock: {url: \"http://a\", id: \"a b\"}", "`id` is 1 to 128"),
    ("fleetlock: {url: \"http://a\", key: /a}", "need each other"),
    ("fleetlock: {url: \"http://a\", slots: 1}", "slots"),
    ("fleet: {coordinator: \"https://a\"}", "nothing that proves who the node is"),
    ("fleet: {coordinator: \"https://a\", certificate: /a}", "need each other"),
    ("fleet: {coordinator: \"http://a\", tokenFile: /a}", "no address of a coordinator"),
    (
      "fleet: {coordinator: \"https://a\", tokenFile: /a}\nfleetlock: {url: \"http://a\"}",
      "both say who gives slots"
    ),
  ])
  func whatIsRefused(_ text: String, _ words: String) {
    let messages = validated(text + "\n").messages
    #expect(messages.count == 1 && messages.first?.contains(words) == true, "\(messages)")
  }
}
