// AptSystem: what apt and dpkg on this node know.
//
// Knows: libapt-pkg (through CAptPkg), apt's configuration and caches, dpkg's database, the node's files.
// Must never know: policy, verdicts, the network.
//
// libapt-pkg keeps its configuration in process-wide globals and is not thread-safe. `AptLibrary` is its one
// serial owner: every call into CAptPkg goes through it.
