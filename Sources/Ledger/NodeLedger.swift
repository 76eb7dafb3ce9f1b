internal import GRDB
internal import Glibc
public import LedgerLog

/// The record on this node's disk.
///
/// Several processes may use it at the same time: one writes at a time, readers never wait and never make others wait.
/// What ``append(_:actor:at:)`` has returned survives `kill -9` and power loss.
public final class NodeLedger: Sendable {
  /// How long to wait for another process that writes. An append takes milliseconds; hooks have 5 s for everything.
  public static let defaultDeadline = Duration.seconds(1)

  /// The database's file.
  public let path: String
  /// This node's name, in every entry.
  public let node: String
  let queue: DatabaseQueue
  /// nil where the ledger is only read.
  let signingKey: SigningKey?
  public let verifierKey: VerifierKey

  private init(
    path: String, node: String, queue: DatabaseQueue, signingKey: SigningKey?, verifierKey: VerifierKey
  ) {
    (self.path, self.node, self.queue) = (path, node, queue)
    (self.signingKey, self.verifierKey) = (signingKey, verifierKey)
  }

  /// Opens the ledger below `state` to append to it; makes it, and the node's key, where there is none yet.
  ///
  /// - Parameter node: The node's name; the first one names the key and thereby the ledger.
  public static func open(
    state: String, node: String, deadline: Duration = defaultDeadline
  ) throws(LedgerError) -> NodeLedger {
    let folder = LedgerFolder(state: state)
    let isNew = !folder.exists
    try folder.prepare()
    let keyFile = NodeKeyFile(path: folder.key)
    return try LedgerError.telling(at: folder.database) {
      let queue = try LedgerDatabase.open(folder.database, deadline: deadline)
      let key =
        try isNew || LedgerDatabase.isEmpty(queue, path: folder.database)
        ? keyFile.readOrMake(name: NodeName.ofKey(node)) : keyFile.read()
      try LedgerDatabase.prepare(queue, path: folder.database, key: key.verifierKey, deadline: deadline)
      return NodeLedger(
        path: folder.database, node: node, queue: queue, signingKey: key, verifierKey: key.verifierKey)
    }
  }

  /// Opens the ledger below `state` to read it. Makes nothing.
  public static func read(
    state: String, deadline: Duration = defaultDeadline
  ) throws(LedgerError) -> NodeLedger {
    let folder = LedgerFolder(state: state)
    try folder.check()
    guard folder.exists else {
      throw LedgerError(
        .missing, "there is no ledger in `\(folder.path)`", advice: "there is one once `apt-gate sync` ran as root")
    }
    return try LedgerError.telling(at: folder.database) {
      let queue = try LedgerDatabase.open(folder.database, deadline: deadline, isReadOnly: true)
      let key = try queue.read { try LedgerDatabase.verifierKey($0, path: folder.database) }
      return NodeLedger(path: folder.database, node: "", queue: queue, signingKey: nil, verifierKey: key)
    }
  }

  /// Runs `work` on one state of the database.
  func reading<Value>(_ work: (Database) throws -> Value) throws(LedgerError) -> Value {
    try LedgerError.telling(at: path) { try queue.read(work) }
  }
}

/// Names of nodes as names of keys.
enum NodeName {
  /// `node/apt-gate`, without what a key's name cannot have.
  static func ofKey(_ node: String) -> String {
    let safe = String(
      String.UnicodeScalarView(
        node.unicodeScalars.map { $0.value > 0x20 && $0.value < 0x7F && $0 != "+" ? $0 : "-" }))
    return (safe.isEmpty ? "node" : safe) + "/apt-gate"
  }
}
