// Coordinator: the fleet's side of apt-gate: an HTTP server over a store, which keeps no state of its own.
//
// Knows: HTTP, who may ask what, FleetLock, and how a request becomes a transaction of the store.
// Must never know: apt, dpkg, a node's network, or which store is behind the protocol.
//
// Server/     connections, limits, routes, answers, logs, counters
// Access/     who asks, and what that one may do
// Tokens/     bearer tokens, kept as digests
// FleetLock/  locks with deadlines and owners
// Settings/   coordinator.yaml
