// SimulatedFleet: the real state machine and the real coordination, over nodes, a network, clocks and a store that are played.
//
// Everything of one simulation runs on one thread, in an order that its seed decides, so that a seed brings back every
// step of it: asynchronous calls are jobs of an executor of its own, and time is a number that events move on.
// Must never know: the clock, files, real networks.
