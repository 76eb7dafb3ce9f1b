import AptSystem
import Documents
import GateModel
import Policy

/// What is wrong, or worth a second look, in policies and their tests.
struct PolicyCheck {
  /// Sorted by file and place.
  var diagnostics: [Diagnostic]
  /// How many policies and rules could be read.
  var policies: Int
  var rules: Int

  var errors: Int { diagnostics.count { $0.severity == .error } }
  var warnings: Int { diagnostics.count - errors }

  /// Checks each policy, all of them together, and their tests. A rule without a test is told only where nothing is
  /// broken: otherwise it is not known what the tests would do.
  init(_ folders: [PolicyTestSuite.Folder], context: PolicyContext) {
    let load = PolicySet.check(folders.compactMap(\.policy), context: context)
    let files = folders.compactMap(\.tests)
    var found = load.diagnostics + files.flatMap { PolicyTestFile.load($0).diagnostics }
    if !found.contains(where: { $0.severity == .error }) {
      found += PolicyTestSuite(folders, context: context).diagnostics.filter { $0.code == .untested }
    }
    let texts = Dictionary((folders.compactMap(\.policy) + files).map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
    diagnostics = found.map { $0.showingLine(of: texts[$0.file] ?? "") }
      .sorted(by: Diagnostic.inPlaceOrder)
    policies = load.set.documents.count
    rules = load.set.rules.count
  }
}

extension PolicyContext {
  /// What selectors are compared with: the names that the package lists know. Where there are no lists that is not
  /// checked, and a note says so.
  static func ofThisNode(_ node: NodeOptions, output: OutputOptions) throws -> PolicyContext {
    do {
      let gate = try Gate(node: node, output: output)
      defer { gate.progress.finish() }
      gate.progress.update("reading package lists")
      try requireLists(gate.collector.nodePaths().lists)
      let names = try gate.collector.packageNames()
      return PolicyContext(sources: names.sources, binaries: names.binaries, now: .now)
    } catch {
      let failure = CommandFailure(describing: error)
      guard failure.status != .usage else { throw failure }
      if !output.quiet {
        try StandardStream.error.write(
          "apt-gate: names are not compared with the package lists: \(DisplayText.line(failure.message))\n")
      }
      return PolicyContext(now: .now)
    }
  }

  /// Without lists only what is installed has a name, and every other selector would seem to match nothing.
  private static func requireLists(_ folder: String) throws {
    guard TextFile.names(in: folder).contains(where: { $0.contains("_Packages") }) else {
      throw CommandFailure(message: "there are none in `\(folder)`", hint: nil)
    }
  }
}
