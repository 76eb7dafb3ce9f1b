import AptSystem
import Glibc
public import PackageAnalysis
public import SystemdSystem

extension MappedFileReader: RunningLibraries {}

extension Gate {
  /// What needrestart would restart on this machine; nil for another root's packages: nothing of it runs here.
  func libraryRestarts() throws -> LibraryRestarts? {
    guard try collector.nodePaths().root == "/" else { return nil }
    let settings = NeedrestartSettings.read(from: try nodeFiles()) { name in
      getenv(name).map { String(cString: $0) }
    }
    return LibraryRestarts(running: MappedFileReader(), needrestart: settings)
  }
}
