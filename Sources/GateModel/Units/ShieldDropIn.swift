/// The drop-in that shields a unit, as text and back.
///
/// The owner stands in a section of its own: systemd ignores what begins with `X-`. Source: systemd.unit(5).
public struct ShieldDropIn: Sendable, Hashable {
  /// The file's name in `UNIT.d`.
  public static let fileName = "50-apt-gate-shield.conf"
  /// Where runtime drop-ins of units lie. Source: systemd.unit(5), "Unit File Load Path".
  public static let folder = "/run/systemd/system"

  public var unit: String
  public var owner: ShieldOwner

  public init(unit: String, owner: ShieldOwner) {
    self.unit = unit
    self.owner = owner
  }

  public static func directory(of unit: String, below folder: String = folder) -> String { "\(folder)/\(unit).d" }

  public static func path(of unit: String, below folder: String = folder) -> String {
    "\(directory(of: unit, below: folder))/\(fileName)"
  }

  public var text: String {
    """
    # Written by apt-gate: while apt applies an update, systemd refuses to stop or start this unit by hand.
    # It goes when the update is done. Nothing of apt-gate running, it may be removed: then `systemctl daemon-reload`.
    [Unit]
    RefuseManualStop=yes
    RefuseManualStart=yes

    [\(Self.section)]
    Transaction=\(owner.transaction)
    Boot=\(owner.boot)

    """
  }

  /// The owner that a drop-in names; nil if it is not one of ours.
  public static func owner(in text: String) -> ShieldOwner? {
    var isOurs = false
    var values: [Substring: String] = [:]
    for line in text.split(separator: "\n") {
      if line.hasPrefix("[") { isOurs = line == "[\(section)]" }
      guard isOurs, let equals = line.firstIndex(of: "=") else { continue }
      values[line[..<equals]] = String(line[line.index(after: equals)...])
    }
    guard let transaction = values["Transaction"], let boot = values["Boot"] else { return nil }
    return ShieldOwner(transaction: transaction, boot: boot)
  }

  private static let section = "X-AptGate"
}
