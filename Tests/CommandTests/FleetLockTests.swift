import Foundation
import Testing

@testable import apt_gate

/// The built program against a FleetLock server that is not ours: one slot, in memory, and 500 for "not now" as airlock has it.
/// It says how often it was asked, and loses the first question of whom it calls lossy.
@Suite struct FleetLockTests {
  private static let server = """
    import http.server, json
    holder, questions = None, {}
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            global holder
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["client_params"]
            question = questions[body["id"]] = questions.get(body["id"], 0) + 1
            if body["id"] == "lossy" and question == 1:
                self.close_connection = True
                return
            right = self.headers["fleet-lock-protocol"] == "true" and body["group"] == "rack.1"
            if right and self.path == "/locks/v1/pre-reboot":
                holder = holder or body["id"]
                status = 200 if holder == body["id"] else 500
            elif right and self.path == "/locks/v1/steady-state":
                holder = None if holder == body["id"] else holder
                status = 200
            else:
                status = 400
            self.send_response(status)
            problem = {"kind": "failed_lock", "value": "all slots are taken, question %d" % question}
            answer = b"" if status == 200 else json.dumps(problem).encode()
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        def log_message(self, *words): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print("port", server.server_port)
    server.serve_forever()
    """

  private static let policy = """
    apiVersion: apt-gate/v1
    name: test
    gated:
      - source: foo
    rules:
      - id: foo-staged
        match: {source: foo}
        effect: stage
        message: foo goes ring by ring
    """

  /// foo and bar have updates, and foo is staged.
  private func node(_ id: String, port: Int) throws -> MadeUpNode {
    let node = try MadeUpNode()
    for name in ["foo", "bar"] {
      try node.install(name, "1")
      try node.offer(name, "2")
    }
    try node.policy(Self.policy)
    try node.folder.write(
      "gate.yaml",
      """
      apiVersion: apt-gate/v1
      fleetlock: {url: "http://127.0.0.1:\(port)/locks", group: rack.1, id: \(id), patience: 2s}

      """)
    return node
  }

  private func gate(_ node: MadeUpNode, _ words: String...) throws -> Command.Outcome {
    try node.gate(words + ["--config", "\(node.folder.path)/gate.yaml"])
  }

  /// What `fleet VERB --json` prints: JSON alone, as its schema has it.
  private func document(_ node: MadeUpNode, _ verb: String, _ more: String...) throws -> ParsedJSON {
    let words = ["fleet", verb, "--json"] + more + ["--config", "\(node.folder.path)/gate.yaml"]
    let json = try ParsedJSON(try node.gate(words).output)
    #expect(try SchemaTests.validator.violations(of: json, schema: "fleet-\(verb).schema.json") == [])
    return json
  }

  @Test func aSlotIsTakenAndGivenBack() throws {
    let server = try LoopbackServer(program: Self.server)
    let (one, two) = (try node("one", port: server.port), try node("two", port: server.port))
    #expect(try gate(one, "fleet", "check-in").output == "this node has no slot of the FleetLock server\n")
    #expect(try gate(one, "sync").status == 2, "without --claim nobody asks")
    #expect(try gate(one, "sync", "--claim").status == 0)
    #expect(try one.upgrades() == ["Inst bar", "Inst foo"])
    let waiting = try gate(two, "sync", "--claim", "--json")
    #expect(waiting.status == 2)
    // A no is a no: it is not asked again until the patience is over.
    let answer = waiting.output.firstMatch(
      of: /the FleetLock server gives no slot now: all slots are taken, question (\d+)/)
    #expect(answer?.output.1 == "1", "\(waiting)")
    #expect(try two.upgrades() == ["Inst bar"])
    #expect(try gate(one, "fleet", "check-in").output.hasPrefix("this node has a slot of the FleetLock server since "))
    let kept = try document(one, "check-in")
    #expect(kept["server"] == .string("fleetlock") && kept["slot"]?["phase"] == .string("taken"))
    #expect(kept["gaveBack"] == .bool(false))
    let back = try gate(one, "fleet", "check-in", "--return-unused")
    #expect(back.output == "the slot went back to the FleetLock server\n")
    #expect(try gate(one, "fleet", "check-in", "--quiet").output == "")
    #expect(try document(one, "check-in", "--return-unused")["slot"] == .null)
    #expect(try gate(two, "sync", "--claim").status == 0)
    #expect(try two.upgrades() == ["Inst bar", "Inst foo"])
    #expect(try gate(two, "fleet", "unlock").output == "the slot went back to the FleetLock server\n")
    #expect(try document(two, "unlock")["slot"] == .null)
    #expect(try gate(two, "sync", "--claim").status == 0)
    #expect(try document(two, "unlock", "--quiet")["slot"]?["phase"] == .string("taken"))
    #expect(try gate(two, "fleet", "unlock").output == "this node had no slot; the server has none of it either\n")
  }

  /// A slot that was taken by a question without an answer is one's own.
  @Test func aLostAnswerIsAskedForAgain() throws {
    let server = try LoopbackServer(program: Self.server)
    let node = try node("lossy", port: server.port)
    #expect(try gate(node, "sync", "--claim").status == 0)
    #expect(try node.upgrades() == ["Inst bar", "Inst foo"])
  }

  @Test func withoutAServerItWaits() throws {
    let node = try node("one", port: 1)
    let sync = try gate(node, "sync", "--claim", "--json")
    #expect(sync.status == 2 && sync.output.contains("the FleetLock server gives no slot now: "))
    #expect(try node.upgrades() == ["Inst bar"])
    let unlock = try gate(node, "fleet", "unlock")
    #expect(unlock.status == 1 && unlock.error.contains("does not answer"), "\(unlock)")
  }

  @Test func withoutOneConfiguredNothingIsToBeGivenBack() throws {
    let node = try node("one", port: 1)
    try node.folder.write("gate.yaml", "apiVersion: apt-gate/v1\n")
    let outcome = try gate(node, "fleet", "unlock")
    #expect(outcome.status == 1 && outcome.error.contains("no FleetLock server is configured"))
    #expect(outcome.error.contains("apt-gate.yaml(5)"))
  }
}
