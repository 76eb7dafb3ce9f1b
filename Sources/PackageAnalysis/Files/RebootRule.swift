internal import GateModel

/// Packages, other than kernels, whose update takes effect with a reboot only, and where that is written.
///
/// Packages whose scripts ask for a reboot themselves (Debian Policy, 9.12) are not here: the scripts say so.
struct RebootRule: Sendable {
  var package: String
  var detail: String
  var source: String

  static let all = [
    RebootRule(
      package: "intel-microcode", detail: "the processor takes new microcode at boot", source: "needrestart(1), -w"),
    RebootRule(
      package: "amd64-microcode", detail: "the processor takes new microcode at boot", source: "needrestart(1), -w"),
  ]

  /// `possible`: it depends on whether there is something new for this processor.
  static func effects(of binary: BinaryChange) -> [Effect] {
    guard binary.action != .remove, let rule = all.first(where: { $0.package == binary.name }) else { return [] }
    return [
      Effect(
        kind: .reboot, certainty: .possible,
        evidence: Evidence(basis: .unknown, file: binary.name, text: "the name of the package"), package: binary.name,
        detail: rule.detail)
    ]
  }
}
