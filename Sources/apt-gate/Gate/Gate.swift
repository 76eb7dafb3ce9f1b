public import AptSystem
public import GateEngine
import GateModel
import LedgerLog
import PackageAnalysis
import Policy

extension AptCollector: PendingChangesSource, PackageNameSource {}

/// The rooms put together as the command line says: the one place that knows what stands behind each protocol.
struct Gate {
  let collector: AptCollector
  let progress: ProgressLine
  /// Read when a decision needs it; unknown where nobody said that these packages are this system's.
  let network: NetworkFactsSource

  init(node: NodeOptions, output: OutputOptions) throws {
    try self.init(node: node, isQuiet: output.quiet)
  }

  init(node: NodeOptions, isQuiet: Bool) throws {
    self.init(collector: try AptCollector(options: node.aptOption), isQuiet: isQuiet)
  }

  init(collector: AptCollector, isQuiet: Bool = true) {
    self.collector = collector
    network = NetworkFactsSource(isLive: (try? collector.nodePaths().root) == "/")
    progress = ProgressLine(isQuiet: isQuiet)
  }

  /// The machine, with the operating system below the root that apt's options name.
  var node: NodeDescription { .current(root: (try? collector.nodePaths().root) ?? "/") }

  /// Checks the changes that `selection` means, by `policies`; as `sync` would, as far as this user may read.
  func check(
    _ selection: PackageSelection, by policies: PolicySet, policy: PolicyOptions, explaining: Bool = false,
    capturing: Bool = false
  ) throws -> CheckOutcome {
    defer { progress.finish() }
    let isLive = try collector.nodePaths().root == "/"
    let decider = try decider(
      PoliciesInForce(policies), state: policy.recalledState(isLive: isLive), explaining: explaining,
      capturing: capturing)
    let archives = try DownloadFolder(policy.state)
    var (report, contents) = try run(decider: decider, archives: archives) { try $0.run(selection, progress: tell) }
    report.warnings += contents.warnings
    if policy.download { report = try downloadGated(of: report, into: archives, decider: decider) }
    report.unknownFacts += [network.unknown, decider.recall?.unknown].compactMap(\.self) + FactsDecider.notCollected
    return CheckOutcome(
      report: report, facts: report.changes.map { decider.facts($0.change, $0.effects) },
      isPolicyBroken: policies.brokenBy != nil)
  }

  /// Fetches the .debs of what a policy gates, and checks those changes again.
  private func downloadGated(
    of report: CheckReport, into archives: DownloadFolder, decider: any ChangeDecider
  ) throws -> CheckReport {
    let gated = report.changes.filter { $0.isGated && $0.basis != .candidate }
    let problems = try archives.fetch(gated.flatMap(\.change.binaries), with: collector, progress: progress)
    let (checked, contents) = try run(decider: decider, archives: archives) { pipeline in
      pipeline.check(gated.map(\.change), progress: tell)
    }
    return CheckReport(
      changes: report.changes.filter { !gated.contains($0) } + checked, keptBack: report.keptBack,
      warnings: report.warnings + problems + contents.warnings.filter { !report.warnings.contains($0) },
      nothingPending: report.nothingPending)
  }

  private func run<Result>(
    decider: any ChangeDecider, archives: DownloadFolder, _ body: (CheckPipeline) throws -> Result
  ) throws -> (Result, AptPackageContents) {
    let contents = contents(archives)
    let analyser = ChangeAnalyser(
      source: contents, files: try nodeFiles(), libraries: try libraryRestarts())
    let result = try body(
      CheckPipeline(source: collector, names: collector, analyser: analyser, decider: decider))
    return (result, contents)
  }

  func contents(
    _ archives: DownloadFolder? = nil, looksInStatus: Bool = false, extracts: ExtractStore? = nil
  ) -> AptPackageContents {
    AptPackageContents(
      collector: collector, downloads: archives.map { [$0.path] } ?? [], looksInStatus: looksInStatus
    ) { path in
      try DebFile.contents(of: path, extracts: extracts)
    }
  }

  func nodeFiles() throws -> NodeRootFiles {
    NodeRootFiles(root: try collector.nodePaths().root)
  }

  func tell(_ step: CheckProgress) {
    switch step {
    case .collecting: progress.update("reading package lists")
    case .analysing(let source, let number, let total): progress.update("analysing \(source) (\(number) of \(total))")
    }
  }
}
