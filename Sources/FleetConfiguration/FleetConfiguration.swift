// FleetConfiguration: what a fleet's operator writes: groups of nodes, and the rings that every rollout goes through.
//
// Knows: the keys of the file, their types and bounds, and what does not fit together; all errors of a file at once.
// Must never know: files, nodes, stores, the clock.
