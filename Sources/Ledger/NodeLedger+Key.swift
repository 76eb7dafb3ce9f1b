extension NodeLedger {
  /// Throws ``LedgerError`` unless the node's key is there, closed to others, and well-formed: what appending needs.
  public static func requireKey(state: String) throws(LedgerError) {
    _ = try NodeKeyFile(path: LedgerFolder(state: state).key).read()
  }
}
