import Foundation
import Glibc
import NetworkState
import NetworkSystem
import Testing

/// Probes against real listeners: Python's, in a namespace of their own behind a link.
@Suite(.enabled(if: TestNamespace.isPossible, "needs root and network namespaces"), .serialized)
struct ProberTests {
  /// A namespace that asks, and one with the listeners, which is its gateway. Listeners end with the object.
  private final class Street {
    let here: TestNamespace
    let there: TestNamespace
    private let listeners = Process()

    /// TCP on 7001; HTTP on 7002 (200) and 7003 (503); a name server on 7053 (no such name) and 7054 (refused).
    private static let script = """
      import http.server, socket, threading, time, sys
      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              self.send_response(200 if self.server.server_port == 7002 and self.path == '/health' else 503)
              self.end_headers()
          def log_message(self, *words): pass
      class Server(http.server.HTTPServer):
          address_family = socket.AF_INET6
      def name_server(port, code):
          s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
          s.bind(('::', port))
          while True:
              q, a = s.recvfrom(512)
              s.sendto(q[:2] + bytes([0x81, 0x80 | code]) + q[4:], a)
      t = socket.socket(socket.AF_INET6)
      t.bind(('::', 7001)); t.listen(5)
      jobs = [Server(('::', p), Handler).serve_forever for p in (7002, 7003)]
      jobs += [lambda: name_server(7053, 3), lambda: name_server(7054, 5)]
      for j in jobs: threading.Thread(target=j, daemon=True).start()
      time.sleep(0.3)
      print('ready', flush=True)
      sys.stdin.read()
      """

    init() throws {
      here = try TestNamespace()
      there = try TestNamespace()
      try here.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", there.name)
      try here.batch([
        "link set lo up", "link set v0 up", "addr add 198.18.0.1/24 dev v0", "addr add 2001:db8::1/64 dev v0 nodad",
      ])
      try there.batch([
        "link set lo up", "link set v1 up", "addr add 198.18.0.2/24 dev v1", "addr add 2001:db8::2/64 dev v1 nodad",
        "addr add 198.19.0.1/32 dev lo",
      ])
      try here.batch(["route add default via 198.18.0.2", "-6 route add default via 2001:db8::2"])
      try here.settle()
      listeners.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      listeners.arguments = ["ip", "netns", "exec", there.name, "python3", "-c", Self.script]
      let output = Pipe()
      listeners.standardOutput = output
      listeners.standardInput = Pipe()
      try listeners.run()
      _ = output.fileHandleForReading.availableData
    }

    /// Children of Foundation's `Process` may start with SIGTERM blocked.
    deinit {
      kill(listeners.processIdentifier, SIGKILL)
      listeners.waitUntilExit()
    }
  }

  private func run(_ texts: [String], in namespace: TestNamespace, seconds: Int = 20) throws -> [ProbeResult] {
    try Prober(namespace: namespace.path).run(texts.map { try ProbeTarget($0) }, by: .after(.seconds(seconds)))
  }

  @Test func realListenersAnswer() throws {
    let street = try Street()
    let alive = [
      "tcp:198.18.0.2:7001", "tcp:[2001:db8::2]:7001", "icmp:198.18.0.2", "icmp:2001:db8::2", "icmp:198.19.0.1",
      "http://198.18.0.2:7002/health", "http://[2001:db8::2]:7002/health", "dns:example.com@198.18.0.2:7053", "gateway",
    ]
    let dead = [
      "tcp:198.18.0.2:7009", "http://198.18.0.2:7002/", "http://198.18.0.2:7003/health", "http://198.18.0.2:7009/",
      "dns:example.com@198.18.0.2:7054", "dns:example.com@198.18.0.2:7009",
    ]
    let results = try run(alive + dead, in: street.here)
    for result in results { #expect(result.isAlive == alive.contains(result.target.description), "\(result)") }
    #expect(results.last?.failure?.contains("refused") == true)
    #expect(results.first { $0.target.description.contains("7003") }?.failure?.contains("503") == true)
  }

  /// A status that is asked for counts alone.
  @Test func theStatusIsTheOneAskedFor() throws {
    let street = try Street()
    let address = try #require(IPAddress("198.18.0.2"))
    let targets = [200, 204, 503].map { ProbeTarget.http(address, port: 7002, path: "/health", status: $0) }
    let refusing = ProbeTarget.http(address, port: 7003, path: "/health", status: 503)
    let results = try Prober(namespace: street.here.path).run(targets + [refusing], by: .after(.seconds(20)))
    #expect(results.count(where: \.isAlive) == 2 && results[3].isAlive && !results[2].isAlive)
  }

  /// Nobody answers, and all of them together take one deadline, not one each.
  @Test func oneDeadlineForAll() throws {
    let street = try Street()
    let clock = ContinuousClock()
    var results: [ProbeResult] = []
    let took = try clock.measure {
      results = try run((10..<30).map { "tcp:198.18.0.\($0):80" } + ["icmp:198.18.0.77"], in: street.here, seconds: 2)
    }
    #expect(results.count == 21 && results.allSatisfy { !$0.isAlive })
    #expect(took < .seconds(20))
  }

  /// One dies of three, of which one was dead before.
  @Test func whatWasDeadBeforeIsNotBlamed() throws {
    let street = try Street()
    let texts = ["icmp:198.18.0.2", "icmp:198.19.0.1", "tcp:198.18.0.2:7009"]
    let plan = ProbePlan(targets: try texts.map { try ProbeTarget($0) }, needed: 2)
    let before = try run(texts, in: street.here, seconds: 5)
    try street.there.ip("addr", "del", "198.19.0.1/32", "dev", "lo")
    let evaluation = ProbeEvaluation(plan, before: before, after: try run(texts, in: street.here, seconds: 5))
    #expect(evaluation.outcome == .lost && evaluation.deadBefore == [plan.targets[2]])
    #expect(evaluation.lost.map(\.target) == [plan.targets[1]])
    let unchanged = ProbeEvaluation(plan, before: before, after: before)
    #expect(unchanged.outcome == .alive && unchanged.lost.isEmpty)
  }

  @Test func aDeadGatewayAndNoGateway() throws {
    let street = try Street()
    try street.there.ip("link", "set", "v1", "down")
    #expect(try !run(["gateway"], in: street.here, seconds: 1)[0].isAlive)
    try street.here.ip("route", "flush", "default")
    try street.here.ip("-6", "route", "flush", "default")
    #expect(try run(["gateway"], in: street.here)[0].failure == "there is no default gateway")
    #expect(try run(["icmp:203.0.113.1"], in: street.here)[0].failure != nil)
  }

  @Test func neighboursByTheirAddress() throws {
    let street = try Street()
    let results = try run(
      ["neighbour:198.18.0.2", "neighbour:2001:db8::2", "neighbour:198.18.0.77", "neighbour:203.0.113.1"],
      in: street.here, seconds: 2)
    #expect(results.map(\.isAlive) == [true, true, false, false])
    #expect(results[3].failure == "no address of this node is in its network")
  }

  @Test func nextHopsAreAsTheKernelSays() throws {
    let street = try Street()
    let texts = ["icmp:198.18.0.2", "tcp:203.0.113.1:80", "icmp:198.18.0.9", "gateway", "icmp:2001:db8:9::1"]
    let targets = try texts.map { try ProbeTarget($0) }
    let hops = try NextHopReader(namespace: street.here.path).nextHops(of: targets, by: .after(.seconds(20)))
    let expected = [["198.18.0.2"], ["198.18.0.2"], ["198.18.0.9"], ["198.18.0.2", "2001:db8::2"], ["2001:db8::2"]]
    #expect(targets.map { Set((hops[$0] ?? []).map(\.description)) } == expected.map(Set.init))
    try street.here.ip("route", "flush", "default")
    #expect(
      try NextHopReader(namespace: street.here.path).nextHops(of: [targets[1]], by: .after(.seconds(20)))[targets[1]]
        == [])
  }
}
