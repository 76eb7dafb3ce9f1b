// NetworkSystem: the node's network as it is. See docs/ARCHITECTURE.md for the rooms.
//
// Knows: rtnetlink sockets, network namespaces, the snapshot directories, networkd's files.
// Must never know: policy.
