import Policy
import Testing

@Suite struct DigestTests {
  private let one = """
    apiVersion: apt-gate/v1
    name: one
    description: words
    rules:
      - id: a
        match: {source: [bash, dash]}
        effect: hold
        message: no
          way
      - {id: b, match: {source: zsh}, effect: allow, message: fine}
    """
  private let other = """
    # the same, written another way
    rules:
      - effect: "allow"
        message: 'fine'
        id: b
        match: {source: zsh}
      - {id: a, match: {source: [dash, bash]}, effect: hold, message: no way, description: more words}
    name: one
    apiVersion: apt-gate/v1
    """
  private let two = Sample.policy("two", rules: ["{id: c, match: {source: fish}, effect: hold, message: m}"])

  @Test func layoutDoesNotMatter() throws {
    #expect(try Sample.load([one, two]).canonicalBytes == Sample.load([two, other]).canonicalBytes)
  }

  @Test(arguments: [("hold", "stage"), ("zsh", "ksh"), ("fine", "fine."), ("id: b", "id: d"), ("bash, dash", "bash")])
  func meaningMatters(from: String, to: String) throws {
    let changed = one.replacing(from, with: to)
    #expect(changed != one)
    #expect(try Sample.load([one]).canonicalBytes != Sample.load([changed]).canonicalBytes)
  }

  @Test func spacesInsideAnExpressionMatter() throws {
    func set(_ when: String) throws -> [UInt8] {
      try Sample.policies(
        Sample.policy(rules: ["{id: a, match: {source: b}, when: '\(when)', effect: stage, message: m}"])
      ).canonicalBytes
    }
    #expect(try set(#"update.source == "a b""#) != set(#"update.source == "a  b""#))
    #expect(try set("update.security ") == set(" update.security"))
  }

  @Test func textCannotLookLikeStructure() throws {
    func set(_ message: String) throws -> [UInt8] {
      try Sample.policies(Sample.policy(rules: ["{id: a, match: {source: b}, effect: hold, message: '\(message)'}"]))
        .canonicalBytes
    }
    #expect(try set("s1:a") != set("s1:as1:a"))
    #expect(String(decoding: try set("x"), as: UTF8.self).hasPrefix("apt-gate policy set 1\n"))
  }
}
