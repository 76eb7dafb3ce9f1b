/// What `[Match]` can ask of the node. A nil is not known, and what asks for it is taken to match, with a warning.
public struct NodeIdentity: Sendable, Hashable {
  public var host: String?
  public var kernelVersion: String?
  /// systemd's name of it, such as `x86-64`.
  public var architecture: String?
  /// The words of `/proc/cmdline`; a `KEY=VALUE` is there as `KEY` too.
  public var commandLine: Set<String>?
  public var virtualization: Virtualization?

  /// What `systemd-detect-virt` says.
  public enum Virtualization: Sendable, Hashable {
    case none
    case machine(String)
    case container(String)

    /// Whether a value of `ConditionVirtualization=` is true. Source: `condition_test_virtualization`.
    func answers(to word: String) -> Bool {
      switch self {
      case .none: return ConfigurationText.boolean(word) == false
      case .machine(let name): return word == name || word == "vm" || ConfigurationText.boolean(word) == true
      case .container(let name): return word == name || word == "container" || ConfigurationText.boolean(word) == true
      }
    }
  }

  public init(
    host: String? = nil, kernelVersion: String? = nil, architecture: String? = nil, commandLine: Set<String>? = nil,
    virtualization: Virtualization? = nil
  ) {
    self.host = host
    self.kernelVersion = kernelVersion
    self.architecture = architecture
    self.commandLine = commandLine
    self.virtualization = virtualization
  }
}
