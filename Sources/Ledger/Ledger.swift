// Ledger: the record on this node's disk, in SQLite.
//
// Knows: the database, the node's key, how entries are appended durably and exported.
// Must never know: what an entry means, policy, apt.
