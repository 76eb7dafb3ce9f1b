// NetworkState: the node's network as values. See docs/ARCHITECTURE.md for the rooms.
//
// Knows: the bytes of rtnetlink messages, snapshots, drift, what a restart of systemd-networkd takes away.
// Must never know: sockets, files, processes, the clock.
