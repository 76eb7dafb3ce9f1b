public import NetworkState

/// Reads a node's network and all that ``LossPredictor`` must know of its systemd-networkd.
public struct NetworkdReader: Sendable {
  /// What was read.
  public struct Reading: Sendable {
    /// Nil if networkd does not run in the namespace.
    public var process: NetworkdProcess?
    /// The version that would start: that of the files on disk. Nil if networkd is neither there nor running.
    public var installed: NetworkdVersion?
    public var snapshot: NetworkSnapshot
    public var files: NetworkdFiles
    public var restart: NetworkdRestart
    /// How a link could be managed that is not there yet.
    public var possibleManagements: [LinkManagement]
    /// What was passed over or could not be decided, and what is newer than the process that runs.
    public var warnings: [String]
  }

  private let namespace: String?
  private let root: String?

  /// For the network namespace at a path; nil is that of this process. The files of networkd and udev are those below
  /// `root`; without it those that the networkd in the namespace sees, or if none runs there, those of this process.
  public init(namespace: String? = nil, root: String? = nil) {
    self.namespace = namespace
    self.root = root
  }

  /// Reads all of it. `version` is the version that is to start; without it the one on disk.
  ///
  /// Throws ``NetworkSystemError``.
  public func read(
    version: NetworkdVersion? = nil, by deadline: Deadline
  ) throws(NetworkSystemError) -> Reading {
    let process = try NetworkdProcess.running(namespace: namespace)
    let root = root ?? process?.root ?? ""
    let files = NetworkdFiles(root: root)
    let installed = ProgramVersion.onDisk(root: root) ?? process?.version
    let snapshot = try SnapshotReader(namespace: namespace).read(by: deadline).snapshot
    let reader = NetworkdRestartReader(files: files, node: .read(root: root))
    // Without a process and without files nothing is lost, whatever the version.
    let starting = version ?? installed ?? NetworkdVersion(0)
    var (restart, networks, warnings) = try reader.question(
      into: starting, running: process?.version ?? installed, of: snapshot,
      keepsState: process?.hasDescriptorStore ?? true)
    restart.isRunning = process != nil
    if let start = process?.startTime {
      let read = restart.settings.files + networks.paths
      warnings += files.newer(than: start, among: read).map {
        "\($0) is newer than the systemd-networkd that runs: what it says applies from the restart on"
      }
    }
    return Reading(
      process: process, installed: installed, snapshot: snapshot, files: files, restart: restart,
      possibleManagements: networks.possibleManagements, warnings: warnings)
  }
}
