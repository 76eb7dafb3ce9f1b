import AptSystem
import GateModel
import PackageAnalysis

extension Gate {
  /// What installing the .deb at `path` would do, coming from `from` or else from what is installed.
  func inspect(file path: String, from: PackageVersion?) throws -> Inspection {
    defer { progress.finish() }
    progress.update("reading \(path)")
    let package = try DebFile.contents(of: path)
    let contents = contents()
    let installed = try from ?? contents.installed(name: package.name, architecture: package.architecture)?.version
    progress.update("analysing \(package.name)")
    let analyser = ChangeAnalyser(
      source: contents, files: try nodeFiles(), libraries: try libraryRestarts())
    let report = analyser.analyse(package: package, from: installed)
    return Inspection(
      package: package.name, source: package.source, architecture: package.architecture, version: package.version,
      from: installed, effects: report.effects, calls: report.calls, notes: report.warnings + contents.warnings)
  }
}
