import AptSystem
import GateConfiguration
import GateModel
import Glibc
import SystemdSystem

/// The node that is looked at: this system, or a root that apt's options name.
struct DoctorNode {
  let collector: AptCollector
  let choice: SettingsChoice
  /// Without a slash at its end: empty for this system.
  let root: String
  /// The settings in force; those that hold by default where they are broken, which is a finding of its own.
  let settings: GateSettings
  let configurationProblem: CommandFailure?
  /// nil where systemd cannot be asked.
  let manager: ServiceManager?
  let now = Timestamp.now

  /// How long systemd may take to answer all questions.
  private static let patience = Duration.seconds(10)

  init(_ choice: SettingsChoice, _ node: NodeOptions) throws {
    collector = try AptCollector(options: node.aptOption)
    self.choice = choice
    let root = try collector.nodePaths().root
    self.root = String(root.reversed().drop { $0 == "/" }.reversed())
    (settings, configurationProblem) = choice.settingsOrStandard()
    manager =
      self.root.isEmpty && ServiceManager.isBooted ? try? ServiceManager(by: .now + Self.patience) : nil
  }

  var isLive: Bool { root.isEmpty }

  /// A file of the node by its own name there.
  func path(_ name: String) -> String { root + name }

  func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  /// The unit as systemd has it; nil where systemd cannot be asked.
  func unit(_ name: String) throws -> UnitSnapshot? {
    try manager?.unit(name, by: .now + Self.patience)
  }

  var transactions: TransactionFolder { HookSettings(gate: settings).transactions }
}
