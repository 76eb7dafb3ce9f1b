/// Which running processes map which files as code.
public struct MappedFiles: Sendable, Hashable {
  /// A process that maps a file.
  public struct Process: Sendable, Hashable {
    public var pid: Int32
    /// The system unit that it belongs to; nil for a process of a user's session, or of none.
    public var unit: String?
    /// What the process runs, as an absolute path; nil if that could not be read.
    public var executable: String?

    public init(pid: Int32, unit: String?, executable: String? = nil) {
      self.pid = pid
      self.unit = unit
      self.executable = executable
    }
  }

  /// The processes by file, both in the order of process ids. Paths are as the kernel gives them, without ` (deleted)`.
  public var processes: [String: [Process]]
  /// Files that were replaced or removed while they were mapped: what runs is not what is on disk.
  public var deleted: Set<String>
  /// How many processes could not be looked into.
  public var unreadable: Int
  /// Why nothing is known of any process; nil if it is.
  public var problem: String?

  public init(
    processes: [String: [Process]] = [:], deleted: Set<String> = [], unreadable: Int = 0, problem: String? = nil
  ) {
    self.processes = processes
    self.deleted = deleted
    self.unreadable = unreadable
    self.problem = problem
  }
}
