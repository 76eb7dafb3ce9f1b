import GateModel
import LedgerLog

/// What `ledger verify` prints for people: what does not fit, or what the verdict rests on.
struct LedgerVerifyText {
  var verification: LedgerVerification
  var layout: TextLayout

  var text: String { (checkpoints + findings + [summary]).map { $0 + "\n" }.joined() }

  private var checkpoints: [String] {
    verification.checkpoints.map { checked in
      DisplayText.line("signed: checkpoint `\(checked.name)` over ")
        + CountText.of(checked.checkpoint.size, "entry", "entries")
    }
  }

  private var findings: [String] {
    verification.findings.flatMap { finding in
      layout.labelled("", finding.description, indent: 0, rendition: .red)
    }
  }

  private var summary: String {
    let entries = CountText.of(verification.size, "entry", "entries")
    if verification.isValid {
      return layout.style(.green, "valid") + ": \(entries), root \(verification.root?.text ?? "none")"
    }
    return layout.style(.red, "not valid") + ": \(CountText.of(verification.findings.count, "problem", "problems")) in "
      + entries
  }
}
