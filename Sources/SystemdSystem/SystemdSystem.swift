// SystemdSystem: the service manager, through libsystemd (`CSystemd`).
//
// Knows: sd-bus, the journal, notify, units, shield drop-ins, which units map which files.
// Must never know: policy, apt.
