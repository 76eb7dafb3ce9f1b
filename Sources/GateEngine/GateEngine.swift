// GateEngine: the way of a change: collect, analyse, decide.
//
// Knows: the order of the steps, and what to do when one of them fails.
// Must never know: which adapter stands behind a protocol; files, apt, terminals.
