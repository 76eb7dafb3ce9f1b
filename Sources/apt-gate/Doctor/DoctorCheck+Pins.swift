import AptSystem
import GateModel
import Glibc

extension DoctorCheck {
  /// Whether the pins in force are those that were written.
  static var pins: DoctorCheck {
    DoctorCheck(name: "pins", fine: "the pins in force are apt-gate's own") { node in
      let store = try PinStore(collector: node.collector)
      guard let bytes = TextFile.bytes(of: store.path, limit: 16 << 20) else { return [] }
      let file = try store.read()
      return edited(file, bytes, store.path) + overridden(file, store)
    }
  }

  private static func edited(_ file: PinFile, _ bytes: [UInt8], _ path: String) -> [DoctorFinding] {
    var findings: [DoctorFinding] = []
    if !bytes.elementsEqual(file.text.utf8) {
      findings.append(
        DoctorFinding(
          .risk, "`\(path)` is not as apt-gate wrote it",
          why: "what was added or taken out lasts until the next sync only",
          remedy: "keep own pins in another file of that folder; `apt-gate sync` writes this one anew"))
    }
    if let problem = TrustedFile.problem(at: path) {
      findings.append(
        DoctorFinding(
          .broken, "`\(path)`: \(problem)", why: "whoever may write it decides what apt installs",
          remedy: "`chown root:root \(path)` and `chmod go-w \(path)`"))
    }
    return findings
  }

  /// A pin of the administrator's own for the same source or for everything, with a priority that lets it in.
  ///
  /// Source: apt_preferences(5): of several specific pins the first that is read counts, and files are read in the order
  /// of their names.
  private static func overridden(_ file: PinFile, _ store: PinStore) -> [DoctorFinding] {
    let others = TextFile.names(in: store.folder).filter {
      $0 != PinFile.name && !$0.hasPrefix(".") && $0 < PinFile.name
    }
    let held = Set(file.holds.map(\.source))
    return others.sorted().flatMap { name -> [DoctorFinding] in
      let stanzas = (TextFile.contents(of: "\(store.folder)/\(name)") ?? "").split(separator: "\n\n")
      let sources = stanzas.compactMap { pinnedIn($0, held) }
      return Set(sources).sorted().map { source in
        DoctorFinding(
          .risk, "`\(store.folder)/\(name)` pins `\(source)`, which apt-gate holds, and is read first",
          why: "apt follows that pin; the hook then refuses what unattended-upgrades has begun",
          remedy: "take it out, or `apt-gate approve \(source) --reason TEXT`")
      }
    }
  }

  /// The held source that a stanza lets in.
  private static func pinnedIn(_ stanza: Substring, _ held: Set<String>) -> String? {
    var fields: [Substring: String] = [:]
    for line in stanza.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[line[..<colon]] = line[line.index(after: colon)...].trimmingPrefix(" ").description
    }
    guard let package = fields["Package"], let priority = fields["Pin-Priority"].flatMap({ Int($0) }), priority > 0
    else {
      return nil
    }
    let names = package.split(separator: " ").compactMap { name -> String? in
      let parts = name.split(separator: ":").map(String.init)
      return parts.first == "src" ? parts.dropFirst().first : parts.first
    }
    return names.first(where: held.contains)
  }
}
