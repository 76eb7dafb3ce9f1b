// GateConfiguration: what an administrator says about apt-gate on this node, in apt-gate.yaml(5).
//
// Knows: the keys, their types, bounds and defaults.
// Must never know: files, the environment, the clock, or what a setting is used for.
//
// In three stages, so that each error has its place: a `ConfigurationFragment` is one file as parsed; a
// `ConfigurationInput` is several of them merged; `GateSettings` are validated and complete.
