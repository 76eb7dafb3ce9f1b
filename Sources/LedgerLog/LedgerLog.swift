// LedgerLog: the append-only record as values. Its formats are described in docs/protocols/ledger.md.
//
// Knows: entries, their canonical form, the Merkle tree over them, checkpoints, and how all of it is verified.
// Must never know: SQLite, files, the clock, who writes an entry.
