import NetworkState
import Testing

@Suite struct ProbeTests {
  /// Law: a target's text is read back as the same target.
  @Test(arguments: [
    "tcp:198.18.0.1:443", "tcp:[2001:db8::1]:443", "icmp:198.18.0.1", "icmp:2001:db8::1", "dns:example.com@198.18.0.1",
    "dns:example.com@198.18.0.1:5353", "dns:.@[2001:db8::1]:5353", "http://198.18.0.1/",
    "http://198.18.0.1:8080/health?x=1",
    "http://[2001:db8::1]:8080/", "gateway", "neighbour:198.18.0.1", "neighbour:2001:db8::1",
  ])
  func textAndBack(text: String) throws { #expect(try ProbeTarget(text).description == text) }

  @Test(arguments: [
    "", "tcp:198.18.0.1", "tcp:198.18.0.1:0", "tcp:198.18.0.1:65536", "tcp:host:443", "tcp:2001:db8::1:443:x",
    "icmp:host",
    "icmp:198.18.0.1:7", "dns:example.com", "dns:@198.18.0.1", "dns:a..b@198.18.0.1", "dns:a@b@198.18.0.1",
    "http://host/", "https://198.18.0.1/", "http://198.18.0.1/a b", "http://198.18.0.1:+80/", "Gateway",
    "tcp:[198.18.0.1]:1", "neighbour:host", "neighbour:198.18.0.1:7",
  ])
  func wrongTextIsRefused(text: String) {
    let error = #expect(throws: NetworkStateError.self) { try ProbeTarget(text) }
    #expect(error?.code == .malformedProbe && error?.message.contains("`\(text)`") == true)
  }

  private static func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

  /// One target, or one gateway before all of them, is a single point of failure.
  @Test func singlePointsOfFailureAreRefused() throws {
    let (near, far) = (try ProbeTarget("icmp:198.18.0.9"), try ProbeTarget("tcp:203.0.113.1:443"))
    let gateway = try Self.address("198.18.0.1")
    let own = try Self.address("198.18.0.9")
    #expect(ProbePlan(targets: []).objections(nextHops: [:]) == [.noTarget])
    #expect(ProbePlan(targets: [near, near], needed: 1).objections(nextHops: [:]) == [.singleTarget(near)])
    let hops: [ProbeTarget: Set<IPAddress>] = [near: [own], far: [gateway], .gateway: [gateway]]
    #expect(ProbePlan(targets: [far, .gateway]).objections(nextHops: hops) == [.singleGateway(gateway)])
    #expect(ProbePlan(targets: [far, .gateway, near], needed: 2).objections(nextHops: hops) == [])
    #expect(ProbePlan(targets: [far, near], needed: 3).objections(nextHops: hops) == [.impossible(needed: 3, of: 2)])
    let two: [ProbeTarget: Set<IPAddress>] = [far: [gateway, own], .gateway: [gateway, own]]
    #expect(ProbePlan(targets: [far, .gateway]).objections(nextHops: two) == [])
  }

  /// A target that was dead before is not blamed on the change.
  @Test func whatWasDeadBeforeDoesNotCount() throws {
    let targets = try ["icmp:198.18.0.1", "icmp:198.18.0.2", "icmp:198.18.0.3"].map { try ProbeTarget($0) }
    func results(_ alive: [Bool]) -> [ProbeResult] {
      zip(targets, alive).map { ProbeResult(target: $0, failure: $1 ? nil : "no") }
    }
    let plan = ProbePlan(targets: targets, needed: 2)
    let cases: [([Bool], [Bool], ProbeEvaluation.Outcome, lost: Int)] = [
      ([true, true, true], [true, true, true], .alive, 0), ([true, true, true], [true, true, false], .alive, 1),
      ([true, true, true], [true, false, false], .lost, 2), ([true, false, false], [true, false, false], .alive, 0),
      ([true, false, false], [false, true, true], .lost, 1), ([false, false, false], [true, true, true], .unknown, 0),
    ]
    for (before, after, outcome, lost) in cases {
      let evaluation = ProbeEvaluation(plan, before: results(before), after: results(after))
      #expect(evaluation.outcome == outcome && evaluation.lost.count == lost, "\(before) \(after)")
    }
  }

  /// The query of RFC 1035 for `a.bc`: header, labels, type A, class IN.
  @Test func questionsAreOnTheWireAsTheRFCSays() throws {
    let question = try #require(DNSQuestion(name: "a.bc."))
    #expect(
      question.message(id: 0x1234) == [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 2, 98, 99, 0, 0, 1, 0, 1])
    let answer: [UInt8] = [0x12, 0x34, 0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0]
    answer.withUnsafeBytes { bytes in
      #expect(question.responseCode(in: bytes, id: 0x1234) == 3)
      #expect(question.responseCode(in: bytes, id: 0x1235) == nil)
    }
    #expect(question.message(id: 1).withUnsafeBytes { question.responseCode(in: $0, id: 1) } == nil)
  }
}
