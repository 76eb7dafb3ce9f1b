// GateModel: the words of apt-gate as types. See docs/ARCHITECTURE.md for the rooms.
//
// Knows: changes, effects, evidence, verdicts, decisions, Debian versions.
// Must never know: files, apt, sockets, YAML.
