/// A package of a transaction: its lines put together.
public struct HookPackage: Sendable, Hashable {
  public enum Action: Sendable, Hashable {
    /// Unpacked from this .deb, and then configured.
    case install(path: String)
    /// Only configured: it was unpacked by an earlier run that did not end.
    case configure
    case remove
    /// To be unpacked from a file that apt does not have.
    case withoutFile
  }

  public var name: String
  /// dpkg's name of the architecture; nil in versions of the protocol that do not say it.
  public var architecture: String?
  public var from: String?
  public var to: String?
  public var action: Action

  public init(name: String, architecture: String?, from: String?, to: String?, action: Action) {
    self.name = name
    self.architecture = architecture
    self.from = from
    self.to = to
    self.action = action
  }

  /// Files stand for packages that version 1 does not name.
  struct Key: Hashable {
    var name: String
    var architecture: String?
  }

  var key: Key {
    if name.isEmpty, case .install(let path) = action { return Key(name: path) }
    return Key(name: name, architecture: architecture)
  }

  init(_ line: HookAction) {
    let action: Action =
      switch line.step {
      case .unpack(let path): .install(path: path)
      case .configure: .configure
      case .remove: .remove
      case .error: .withoutFile
      }
    self.init(
      name: line.name, architecture: line.to?.architecture ?? line.from?.architecture, from: line.from?.version,
      to: action == .remove ? nil : line.to?.version, action: action)
  }

  /// Adds another line about the same package. What unpacks it says most; a removal that is followed by an
  /// installation is an upgrade.
  mutating func merge(_ other: HookPackage) {
    guard other.weight > weight else {
      from = from ?? other.from
      return
    }
    let from = from ?? other.from
    self = other
    self.from = from
  }

  private var weight: Int {
    switch action {
    case .configure: 0
    case .remove: 1
    case .withoutFile: 2
    case .install: 3
    }
  }
}
