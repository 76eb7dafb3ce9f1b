public import Documents
public import Rollout

/// A fleet's configuration as it was read.
public struct FleetFile: Sendable {
  /// nil if the file has errors: a plan that is half understood is none.
  public var plan: FleetPlan?
  /// In the order of the file.
  public var diagnostics: [Diagnostic]

  /// The version of the format.
  public static let version = "apt-gate-fleet/v1"

  public static func read(_ source: DocumentSource) -> FleetFile {
    let collector = DiagnosticCollector(source: source)
    let root = YamlComposer.compose(collector)
    let plan = root.flatMap { FleetReader(collector).plan($0) }
    let diagnostics = collector.diagnostics.sorted(by: Diagnostic.inPlaceOrder)
    return FleetFile(plan: collector.hasErrors ? nil : plan, diagnostics: diagnostics)
  }
}
