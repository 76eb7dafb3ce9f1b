// RolloutCoordination: how a coordinator that keeps no state of its own runs rollouts over a store.
//
// Knows: which record lies under which key, and the one way in which anything changes: read, let the state machine take the
// event, write if nobody else did.
// Must never know: HTTP, which store it is, the clock: the time is an argument. Its only outside is the `FleetStore`.
