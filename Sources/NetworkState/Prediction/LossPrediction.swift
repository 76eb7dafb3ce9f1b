/// What a restart of systemd-networkd would take away now, on this node.
public struct LossPrediction: Sendable, Hashable {
  /// One object that would go.
  public struct Loss: Sendable, Hashable {
    public var kind: NetworkObjectKind
    /// The place of its message in the snapshot's table.
    public var place: Int
    /// In one line: version, link, option.
    public var why: String

    var at: Place { Place(kind: kind, place: place) }
  }

  /// Which object of a snapshot it is.
  struct Place: Hashable {
    var kind: NetworkObjectKind
    var place: Int
  }

  /// Gone for good, unless someone puts it back.
  public var lost: [Loss] = []
  /// Taken away and put back by networkd itself, after milliseconds or a new lease. What hangs on it in the kernel and
  /// is not networkd's own is among the lost.
  public var interrupted: [Loss] = []
  /// Still there afterwards, in another form.
  public var changed: [Loss] = []
  /// What the prediction could not be sure of, and why nothing is lost if nothing is.
  public var notes: [String] = []

  public init() {}

  public func lost(_ kind: NetworkObjectKind) -> [Loss] { lost.filter { $0.kind == kind } }
}
