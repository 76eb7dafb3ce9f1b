// Rollout: one version of a source package on its way through a fleet, ring by ring.
//
// Knows: groups, rings, slots, soak and halt, as a state machine over small records: events and the time go in, answers
// go out.
// Must never know: HTTP, stores, YAML, the clock. Values in, values out.
//
// Plan/      what the operator wants: which nodes are in which ring, and each ring's limits
// Records/   what is kept, in pieces so small that a node's check-in writes little
// Machine/   the events, and the table of what may follow what
// Waiting/   why something waits, and until when
// Forecast/  plays a plan over a list of nodes
