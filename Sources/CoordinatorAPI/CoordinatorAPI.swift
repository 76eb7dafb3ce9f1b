// CoordinatorAPI: what nodes, operators and the coordinator say to each other, as values.
//
// Knows: the messages of the HTTP API v1 and of FleetLock, roles, signed policy bundles. docs/protocols/coordinator.openapi.yaml
// describes the same for others.
// Must never know: sockets, stores, or what either side does with a message.
