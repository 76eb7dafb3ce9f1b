// TimeWindows: named spans of local time, every week or once, in the time zone of those who wrote them.
//
// Knows: how a window is written in YAML, when it is open, when it opens next, and what a change of clocks does to it.
// Must never know: what happens in a window, and the clock: the moment is an argument.
