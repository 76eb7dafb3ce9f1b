import AuditReport
import GateModel

/// What a node of a stable release tells of 90 days: 60 updates, a third of them security updates and a tenth held for days;
/// a run of dpkg for two updates, of which some take routes away; a few approvals and owed restarts.
struct BenchHistory {
  static let days = 90
  static let updates = 60
  static let end = Timestamp(secondsSinceEpoch: 1_790_000_000)
  static let start = end.advanced(by: .seconds(-days * 86_400))

  let node: Int

  private func moment(_ day: Int, _ hour: Int = 0) -> Timestamp {
    Self.start.advanced(by: .seconds(day * 86_400 + hour * 3600 + node % 3600))
  }

  var history: NodeHistory {
    NodeHistory(
      made: Self.end, entries: 4000, updates: (0..<Self.updates).map(update), approvals: (0..<3).map(approval),
      vetoes: [], transactions: (0..<Self.updates / 2).map(run), restarts: (0..<4).map(restart))
  }

  private func update(_ number: Int) -> NodeHistory.Update {
    let day = number * Self.days / Self.updates
    let isOpen = number >= Self.updates - 3
    let isHeld = number % 10 == 0 || isOpen
    let applied = moment(day + (isHeld ? 5 : 1), 6 + node % 5)
    let hold = NodeHistory.Hold(
      since: moment(day, 1), until: isOpen ? nil : applied, verdict: "stage", rules: ["networkd-in-rings"], heldBy: nil)
    return NodeHistory.Update(
      source: "source-\(number % 40)", from: "1.\(number)-1", to: "1.\(number + 40)-1+deb12u1", firstSeen: moment(day),
      state: isOpen ? "open" : "applied", ended: isOpen ? nil : applied,
      endedBy: isOpen ? nil : "t-\(node)-\(number / 2)",
      security: number % 3 == 0, urgency: "medium",
      cves: number % 3 == 0 ? ["CVE-2026-\(10_000 + number)", "CVE-2026-\(20_000 + number)"] : [], mayFixMore: nil,
      holds: isHeld ? [hold] : [], message: isOpen ? "goes through the fleet ring by ring" : nil,
      clearsWhen: isOpen ? "its ring opens" : nil, responsible: isOpen ? ["@network"] : nil)
  }

  private func approval(_ number: Int) -> NodeHistory.Approval {
    let day = number * 20 + 5
    return NodeHistory.Approval(
      entry: number * 900, time: moment(day), person: "alice", people: [], source: "source-\(number)",
      version: "1.\(number + 40)-1+deb12u1", reason: "agreed in the change board", expires: moment(day + 7),
      state: number == 0 ? "used" : "expired", ended: moment(day + 2), endedBy: number == 0 ? "t-\(node)-0" : nil)
  }

  private func run(_ number: Int) -> NodeHistory.Transaction {
    let day = number * Self.days * 2 / Self.updates
    let loses = number % 10 == 0
    return NodeHistory.Transaction(
      id: "t-\(node)-\(number)", kind: "update", began: moment(day, 6), ended: moment(day, 7), result: "completed",
      changes: (0..<2).map {
        let place = number * 2 + $0
        return NodeHistory.Change(source: "source-\(place % 40)", from: "1.\(place)-1", to: "1.\(place + 40)-1+deb12u1")
      }, units: loses ? ["systemd-networkd.service"] : [],
      effects: loses ? ["restart systemd-networkd.service", "reexec"] : [], predictedLoss: loses ? "12 routes" : nil,
      network: loses ? NodeHistory.Network(lost: 12, restored: 12, missing: 0, missingObjects: nil) : nil,
      failedProbes: nil, message: nil)
  }

  private func restart(_ number: Int) -> NodeHistory.Restart {
    let settled: Timestamp? = number < 3 ? moment(number * 20 + 3) : nil
    return NodeHistory.Restart(
      unit: "systemd-networkd.service", since: moment(number * 20), sources: ["systemd"], settled: settled,
      how: settled == nil ? nil : "restart")
  }
}
