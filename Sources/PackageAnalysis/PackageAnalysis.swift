// PackageAnalysis: what would a change do to the node?
//
// Knows: bytes of a .deb, maintainer scripts and file lists in; effects out. Pure: no I/O.
// Must never know: where the bytes come from.
