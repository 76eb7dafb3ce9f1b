// Policy: what the administrators want.
//
// Knows: YAML policies, as text: loads them with source positions, checks them, decides by them, explains.
// Must never know: the node it runs on, files, the clock. Values in, values out.
//
// Document/  the typed schema of a policy file and how it is read
// Match/     globs, patterns and the index over them
// Decide/    the policy set and its verdicts
