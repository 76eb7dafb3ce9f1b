internal import GateModel
internal import LedgerLog

extension SampleHistory {
  /// A ledger in which every text that somebody else wrote is `text`.
  public static func hostile(_ text: String) -> SampleHistory {
    var history = SampleHistory()
    history.node = text
    let packages = [PackageRecord(name: text, architecture: text, from: text, to: text + "2")]
    let change = ChangeRecord(
      source: text, action: .upgrade, from: text, to: text + "2", packages: packages,
      changelog: ChangelogRecord(cves: [text], urgency: text, isComplete: true))
    history.see(1, text, text + "2", origins: [text])
    history.add(
      1,
      .decision(
        DecisionRecord(
          change: change, verdict: .hold, decidedBy: [text], gatedBy: [text], shieldedUnits: [text], message: text,
          clearsWhen: text, policyDigest: digest,
          effects: [EffectRecord(kind: .restart, unit: text, verb: text, certainty: .certain, basis: .candidate)],
          responsible: [text])))
    history.add(
      2,
      .sync(
        SyncRecord(
          policyDigest: digest, pending: 1, problems: [text], mode: .enforce,
          companions: [CompanionRecord(source: text, heldBy: [text])],
          keptBack: [KeptBackRecord(source: text, from: text, to: text, reason: .phased, percentage: 10)])))
    history.add(
      3,
      .approval(
        ApprovalRecord(
          source: text, version: text + "2", policyDigest: digest, reason: text, expires: day(50), people: [text])),
      by: person(text))
    let other = ChangeRecord(source: text + "x", action: .upgrade, from: text, to: text, packages: packages)
    history.begin(4, text, [other], shielding: [text])
    history.add(4, .owedRestart(OwedRestartRecord(unit: text, transaction: text, sources: [text])))
    history.end(
      4, text, .failed,
      network: NetworkRecord(lost: 2, restored: 1, missing: 1, objects: [text, "b" + text], missingObjects: [text]),
      message: text)
    history.add(5, .veto(VetoRecord(changes: [change], rules: [text], message: text)))
    history.add(
      6, .revocation(RevocationRecord(approval: 3, source: text, version: text, reason: text)), by: person(text))
    return history
  }

  /// What an attacker would write: markup, terminal escapes, formulas, marks that reorder a line, Markdown.
  public static let attacks = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'--><svg onload=alert(1)>", "</style></title><b>",
    "&lt;b&gt;&#60;script&#62;", "a\u{1b}[2J\u{1b}]0;owned\u{7}", "\u{9b}31m\u{7f}\u{0}x",
    "line\r\nbreak\u{2028}x\u{85}y",
    "\u{202e}gpj.exe\u{2066}\u{200f}", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\u{ff1d}1+1",
    " =1", "\"=1", "a,b;c\td", "a\"b\"\"c", "| a | b |", "`code` ``` | x", "[x](javascript:alert(1))",
    "![x](http://h/)",
    "@everyone #1 https://example.org", "# head\n- item", "\\| \\` \\\\", "<!-- x -->", "]]>", "{{x}}", "\u{feff}x",
    "\u{e0001}\u{e0041}tag", "x\u{0301}\u{0301}\u{0301}", "", " ", "0", "true", "null",
  ]
}
