extension SnapshotStore {
  /// Reads the state and stores it. Throws what reading and ``write(_:_:)`` throw.
  public func take(
    with reader: SnapshotReader, why: String, by deadline: Deadline
  ) throws(NetworkSystemError) -> SnapshotManifest {
    try write(reader.read(by: deadline), .here(why: why, namespace: reader.namespace))
  }
}
