import GateEngine
import GateModel
import TestSupport
import Testing

@Suite struct TransactionRecordTests {
  private func record(_ seed: inout Seed) -> TransactionRecord {
    func word(_ seed: inout Seed) -> String {
      String((0..<seed.below(5)).map { _ in Character(["a", " ", "%", "\n", "é", "~"][seed.below(6)]) })
    }
    var record = TransactionRecord(
      id: word(&seed), began: Timestamp(secondsSinceEpoch: Int64(seed.below(1 << 33))), stream: word(&seed),
      run: word(&seed), boot: word(&seed),
      process: ProcessIdentity(pid: seed.number(), start: seed.number()),
      phase: TransactionRecord.Phase.allCases[seed.below(3)], snapshot: seed.below(2) == 0 ? nil : word(&seed),
      units: (0..<seed.below(3)).map { _ in word(&seed) },
      shielded: (0..<seed.below(3)).map { _ in
        TransactionRecord.ShieldedChange(
          source: word(&seed), version: word(&seed), units: (0..<seed.below(3)).map { _ in word(&seed) })
      }, guardian: seed.below(2) == 0 ? nil : ProcessIdentity(pid: seed.number(), start: seed.number()),
      restart: seed.below(2) == 0 ? nil : .init(name: word(&seed), invocation: word(&seed)))
    record.dpkg = seed.below(2) == 0 ? nil : word(&seed)
    record.pins = seed.below(2) == 0 ? nil : word(&seed)
    return record
  }

  @Test func whatIsWrittenIsReadBack() {
    var seed = Seed("transaction records")
    for _ in 0..<2000 {
      let record = record(&seed)
      #expect(TransactionRecord(text: record.text) == record)
    }
  }

  @Test func aRecordThatWasCutOffIsNone() {
    var seed = Seed("cut transaction records")
    for _ in 0..<300 {
      let text = record(&seed).text
      #expect(TransactionRecord(text: String(text.prefix(seed.below(text.count - 1)))) == nil)
    }
  }

  @Test func onlyWhatTheChangeDisturbsIsOwed() {
    let shielded = TransactionRecord.shielded([.plain, .held, .systemd])
    #expect(shielded.map(\.source) == ["systemd"])
    #expect(shielded.map(\.units) == [["systemd-networkd.service"]])
    let other = CheckedChange.sample("x", .shield, units: ["a.service"], effects: [.networkdRestart])
    #expect(TransactionRecord.shielded([other]).map(\.units) == [[]])
  }
}
