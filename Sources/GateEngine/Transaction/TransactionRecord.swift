public import GateModel

/// What is kept of a transaction while dpkg runs, for whoever finishes it: the hook, the guard, the next run, the boot.
///
/// As text it is a line for each field: a word, and values that are %-encoded, divided by spaces.
public struct TransactionRecord: Sendable, Hashable {
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    /// The hook has not let dpkg go.
    case preparing
    /// dpkg may run.
    case applying
    /// The hook refused it: there is nothing to look at afterwards.
    case withdrawn
  }

  /// A change whose restarts are refused.
  public struct ShieldedChange: Sendable, Hashable {
    public var source: String
    public var version: String
    /// The units that it would have restarted or stopped.
    public var units: [String]

    public init(source: String, version: String, units: [String]) {
      self.source = source
      self.version = version
      self.units = units
    }
  }

  /// The unit that is restarted to settle what is owed.
  public struct RestartedUnit: Sendable, Hashable {
    public var name: String
    /// What ran before: 32 hexadecimal digits, empty if that is not known.
    public var invocation: String

    public init(name: String, invocation: String) {
      self.name = name
      self.invocation = invocation
    }
  }

  /// Of letters, digits, `-`, `.` and `_`.
  public var id: String
  /// When the hook was called.
  public var began: Timestamp
  /// What apt told of it, as a digest: the same words from the same process are the same transaction.
  public var stream: String
  /// The run of apt or unattended-upgrades that it belongs to; one run has a transaction for each minimal step.
  public var run: String
  /// The kernel's id of the boot.
  public var boot: String
  /// The process that called the hook, and when it began, in the kernel's ticks since boot.
  public var process: ProcessIdentity
  /// The process that watches over it; nil before it is started, or if none is needed.
  public var guardian: ProcessIdentity?
  public var phase: Phase
  /// The snapshot that was taken before; nil if the network is not watched.
  public var snapshot: String?
  /// The units that are shielded.
  public var units: [String]
  public var shielded: [ShieldedChange]
  /// nil for a transaction of apt.
  public var restart: RestartedUnit?
  /// dpkg's folder, whose lock tells whether dpkg still runs; nil if no dpkg is to run.
  public var dpkg: String?
  /// The file of apt-gate's pins, so that who finishes need not read apt's configuration; nil if that is not known.
  public var pins: String?

  public init(
    id: String, began: Timestamp, stream: String, run: String, boot: String, process: ProcessIdentity,
    phase: Phase = .preparing,
    snapshot: String? = nil, units: [String] = [], shielded: [ShieldedChange] = [], guardian: ProcessIdentity? = nil,
    restart: RestartedUnit? = nil
  ) {
    self.id = id
    self.began = began
    self.stream = stream
    self.run = run
    self.boot = boot
    self.process = process
    self.phase = phase
    self.snapshot = snapshot
    self.units = units
    self.shielded = shielded
    self.guardian = guardian
    self.restart = restart
  }

  public var isWatched: Bool { snapshot != nil }

  /// What `changes` want shielded.
  public static func shielded(_ changes: [CheckedChange]) -> [ShieldedChange] {
    changes.filter { $0.verdict == .shield }.compactMap { checked in
      guard let version = checked.change.to else { return nil }
      let touched = Set(checked.effects.filter { $0.kind == .restart || $0.kind == .stop }.compactMap(\.unit))
      let units = checked.decision.shieldedUnits.filter(touched.contains)
      return ShieldedChange(source: checked.change.source, version: version.text, units: units)
    }
  }
}

extension TransactionRecord {
  public var text: String {
    var lines = [
      ["id", id], ["began", began.description], ["stream", stream], ["run", run], ["boot", boot],
      ["process", "\(process.pid)", "\(process.start)"],
      ["phase", phase.rawValue],
    ]
    if let guardian { lines.append(["guardian", "\(guardian.pid)", "\(guardian.start)"]) }
    if let snapshot { lines.append(["snapshot", snapshot]) }
    if let restart { lines.append(["restart", restart.name, restart.invocation]) }
    if let dpkg { lines.append(["dpkg", dpkg]) }
    if let pins { lines.append(["pins", pins]) }
    lines += units.map { ["unit", $0] } + shielded.map { ["shielded", $0.source, $0.version] + $0.units }
    return lines.map { $0.map(Self.encoded).joined(separator: " ") + "\n" }.joined() + "end\n"
  }

  /// nil if it is not whole: `end` is its last line.
  public init?(text: String) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map { Self.decoded($0) } }
    var fields: [String: [[String]]] = [:]
    for line in lines { fields[line[0], default: []].append(Array(line.dropFirst())) }
    guard lines.last == ["end"], let id = fields["id"]?.first?.first,
      let began = fields["began"]?.first?.first.flatMap({ Timestamp($0) }),
      let stream = fields["stream"]?.first?.first, let run = fields["run"]?.first?.first,
      let boot = fields["boot"]?.first?.first, let phase = fields["phase"]?.first?.first.flatMap(Phase.init),
      let process = fields["process"]?.first.flatMap(ProcessIdentity.init(words:))
    else { return nil }
    self.init(
      id: id, began: began, stream: stream, run: run, boot: boot, process: process, phase: phase,
      snapshot: fields["snapshot"]?.first?.first, units: fields["unit"]?.compactMap(\.first) ?? [],
      shielded: (fields["shielded"] ?? []).compactMap { words in
        words.count < 2
          ? nil : ShieldedChange(source: words[0], version: words[1], units: Array(words.dropFirst(2)))
      }, guardian: fields["guardian"]?.first.flatMap(ProcessIdentity.init(words:)),
      restart: fields["restart"]?.first.flatMap { $0.count < 2 ? nil : RestartedUnit(name: $0[0], invocation: $0[1]) })
    dpkg = fields["dpkg"]?.first?.first
    pins = fields["pins"]?.first?.first
  }

  private static func encoded(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "%") }
    if plain, !text.isEmpty { return text }
    return "%" + text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// A word that begins with `%` is all in hexadecimal digits.
  private static func decoded(_ word: Substring) -> String {
    guard word.hasPrefix("%") else { return String(word) }
    let digits = Array(word.utf8.dropFirst())
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ProcessIdentity {
  fileprivate init?(words: [String]) {
    guard words.count == 2, let pid = Int32(words[0]), let start = UInt64(words[1]) else { return nil }
    self.init(pid: pid, start: start)
  }
}
