import GateModel
import PackageAnalysis

/// What installing one .deb would do to this node.
struct Inspection: Sendable, Hashable {
  /// The binary package's name.
  var package: String
  var source: String
  var architecture: String
  var version: PackageVersion
  /// The version it would replace; nil if it would be a first installation.
  var from: PackageVersion?
  var effects: [Effect]
  /// Every call of a tool that matters, as its maintainer scripts make it.
  var calls: [ScriptCall]
  /// What a person should know besides, such as units that go away.
  var notes: [String] = []
}
