internal import CEL

/// The facts that a `when` and a message can name, with their types.
///
/// Records are CEL records: a field that does not exist is an error when the policy is loaded. A field that a
/// value lacks (`update.from` of an install) is an error when it is evaluated; `has(update.from)` asks first.
enum FactSchema {
  struct Field: Sendable {
    var name: String
    var type: ValueType
    var meaning: String

    init(_ name: String, _ type: ValueType, _ meaning: String) {
      self.name = name
      self.type = type
      self.meaning = meaning
    }
  }

  static let variables = [
    Field("update", .record("Update"), "the pending change of one source package"),
    Field("effects", .list(.record("Effect")), "what applying it does to the node"),
    Field("node", .record("Node"), "the node that it is pending on"),
    Field("network", .record("Network"), "the node's network and what a restart of systemd-networkd would lose"),
    Field("fleet", .record("Fleet"), "the fleet that the node belongs to"),
    Field("now", .timestamp, "the moment of the decision"),
  ]

  static let records: [String: [Field]] = [
    "Update": update, "Binary": binary, "Origin": origin, "Effect": effect, "Evidence": evidence, "Node": node,
    "Network": network, "Networkd": networkd, "AtRisk": atRisk, "Foreign": foreign, "CNI": cni, "Fleet": fleet,
  ]

  private static let update = [
    Field("source", .string, "name of the source package"),
    Field("from", .string, "installed version; absent for an install"),
    Field("to", .string, "new version; absent for a removal"),
    Field("action", .string, "`upgrade`, `install`, `remove` or `downgrade`"),
    Field("security", .bool, "whether it comes from a security pocket"),
    Field("binaries", .list(.record("Binary")), "the binary packages that change"),
    Field("origins", .list(.record("Origin")), "where the candidates can be had"),
    Field("downloadSize", .int, "bytes to download"),
    Field("firstSeen", .timestamp, "when this node or its fleet first saw the version"),
    Field("heldSince", .timestamp, "since when it has been held; absent if it is not"),
    Field("age", .duration, "how long the version has been known: `now` less `firstSeen`"),
  ]
  private static let binary = [
    Field("name", .string, "name of the binary package"),
    Field("architecture", .string, "dpkg's name of its architecture"),
    Field("from", .string, "installed version; absent for an install"),
    Field("to", .string, "new version; absent for a removal"),
    Field("action", .string, "as of the update"),
  ]
  private static let origin = ["origin", "label", "suite", "codename", "component", "site"].map {
    Field($0, .string, "as the Release file says")
  }
  private static let effect = [
    Field("kind", .string, "such as `restart`, `reexec`, `reboot`, `unknown`"),
    Field("unit", .string, "the systemd unit with its suffix; absent if none is meant or known"),
    Field("verb", .string, "the call as made, such as `try-restart`; absent if none is meant"),
    Field("certainty", .string, "`certain` or `possible`"),
    Field("package", .string, "the binary package that brings it about"),
    Field("detail", .string, "what else there is to say; absent if nothing"),
    Field("evidence", .record("Evidence"), "where it was found"),
  ]
  private static let evidence = [
    Field("basis", .string, "`candidate`, `installed` or `unknown`"),
    Field("file", .string, "such as `systemd.postinst`"),
    Field("line", .int, "absent for a path"),
    Field("text", .string, "the line; absent for a path"),
  ]
  private static let node = [
    Field("name", .string, "the node's name"),
    Field("groups", .list(.string), "the groups that it is in"),
    Field("distribution", .string, "`ID` of os-release, such as `debian`"),
    Field("release", .string, "`VERSION_ID` of os-release, such as `12`"),
    Field("architecture", .string, "dpkg's name of the architecture"),
    Field("kernel", .string, "release of the running kernel"),
    Field("labels", .map(.string, .string), "labels that the operator gave it"),
    Field("owedRestarts", .list(.string), "units whose restart a shield refused and is still owed"),
  ]
  private static let network = [
    Field("networkd", .record("Networkd"), "systemd-networkd"),
    Field("managedLinks", .list(.string), "the links that it manages"),
    Field("atRisk", .record("AtRisk"), "what a restart of it would take away now"),
    Field("foreign", .record("Foreign"), "what neither the kernel nor systemd-networkd made"),
    Field("defaultRoutes", .list(.map(.string, .string)), "default routes of all tables, as of `atRisk.objects`"),
    Field("cni", .list(.record("CNI")), "plugins of the container network that left traces"),
  ]
  private static let networkd = [
    Field("running", .bool, "whether it runs"),
    Field("version", .string, "version of the one that runs, or else is installed, such as `252.38`"),
  ]
  private static let atRisk =
    ["routes", "rules", "nexthops", "addresses", "neighbours"].map { Field($0, .int, "how many \($0)") } + [
      Field("links", .int, "how many links would no longer be managed"),
      Field("count", .int, "how many objects in all"),
      Field(
        "objects", .list(.map(.string, .string)),
        "the first 100 of each kind, with `kind`, the key names of `ip -j`, and `why`; values are texts"),
    ]
  private static let foreign = [
    Field("routes", .int, "how many routes"),
    Field("rules", .int, "how many policy rules"),
  ]
  private static let cni = [
    Field("name", .string, "the plugin, such as `cilium`"),
    Field("by", .list(.string), "its traces, such as `2 interfaces cilium_*`"),
  ]

  /// Fields of `network` that had another name, and their new one.
  static let renamed = [
    "networkdRunning": "networkd.running", "networkdVersion": "networkd.version", "lost": "atRisk",
  ]

  /// What to say instead of an error about a field of the network that has another name now; nil for others.
  static func renaming(_ message: String) -> String? {
    let found = renamed.first { message.hasPrefix("`Network` has no field `\($0.key)`") }
    return found.map { "`network.\($0.key)` is now `network.\($0.value)`" }
  }
  private static let fleet = [
    Field("reachable", .bool, "whether the coordinator answers"),
    Field("ring", .string, "the ring that the node is in"),
    Field("halted", .bool, "whether this version's rollout has been halted"),
    Field("updatedNodes", .int, "nodes that run the version"),
    Field("failedNodes", .int, "nodes on which it failed"),
  ]

  /// The declarations, for all expressions of all policies.
  static let environment: Environment = {
    var environment = Environment()
    for (name, fields) in records {
      environment.declare(record: name, fields: Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.type) }))
    }
    for variable in variables { environment.declare(variable.name, variable.type) }
    return environment
  }()
}

/// One fact of the reference: `apt-gate-policy(5)` lists them all.
public struct FactReference: Sendable, Hashable {
  /// The name as an expression writes it; fields of a list's items follow `[]`.
  public var path: String
  public var type: String
  public var meaning: String

  /// Every fact that an expression can name, in reading order.
  public static let all: [FactReference] = FactSchema.variables.flatMap { entries($0, prefix: "") }

  private static func entries(_ field: FactSchema.Field, prefix: String) -> [FactReference] {
    let path = prefix + field.name
    let entry = FactReference(path: path, type: field.type.description, meaning: field.meaning)
    switch field.type {
    case .record(let name): return [entry] + inside(name, path + ".")
    case .list(.record(let name)): return [entry] + inside(name, path + "[].")
    default: return [entry]
    }
  }

  private static func inside(_ record: String, _ prefix: String) -> [FactReference] {
    (FactSchema.records[record] ?? []).flatMap { entries($0, prefix: prefix) }
  }
}
