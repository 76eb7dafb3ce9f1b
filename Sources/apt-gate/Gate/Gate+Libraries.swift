import AptSystem
import GateModel
import Glibc
import PackageAnalysis
import SystemdSystem

/// Which files the processes map, as far as that can be read in time: a process that hangs may hang who reads of it.
private struct PromptLibraries: RunningLibraries {
  private static let limit = Duration.seconds(1)

  func mappedFiles() -> MappedFiles {
    TimedReading.value(within: Self.limit) { MappedFileReader().mappedFiles() }
      ?? MappedFiles(problem: "which files processes use could not be read in time")
  }
}

extension Gate {
  /// What needrestart would restart on this machine; nil for another root's packages: nothing of it runs here.
  func libraryRestarts() throws -> LibraryRestarts? {
    guard try collector.nodePaths().root == "/" else { return nil }
    let settings = NeedrestartSettings.read(from: try nodeFiles()) { name in
      getenv(name).map { String(cString: $0) }
    }
    return LibraryRestarts(running: PromptLibraries(), needrestart: settings)
  }
}
