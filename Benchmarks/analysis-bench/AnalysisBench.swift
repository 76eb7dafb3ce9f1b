import Foundation
import GateModel
import PackageAnalysis

/// Times the abstract interpreter over the maintainer scripts of every package installed on this machine: all scripts of
/// a package, as dpkg calls them on an upgrade.
@main
struct AnalysisBench {
  static let directory = "/var/lib/dpkg/info/"

  static func main() {
    let packages = scriptsByPackage()
    guard !packages.isEmpty else { return print("no maintainer scripts on this machine") }
    var times: [(name: String, duration: Duration)] = []
    for (name, contents) in packages {
      let runs = (0..<5).map { _ in ContinuousClock().measure { analyse(contents) } }
      times.append((name, runs.sorted()[2]))
    }
    times.sort { $0.duration < $1.duration }
    let total = times.reduce(Duration.zero) { $0 + $1.duration }
    print("abstract interpreter, \(times.count) packages with scripts, median of 5 runs each:")
    print("  median \(milliseconds(times[times.count / 2].duration)) ms, mean \(milliseconds(total / times.count)) ms,")
    let slowest = times.suffix(3).reversed().map { "\($0.name) \(milliseconds($0.duration))" }
    print("  slowest: \(slowest.joined(separator: ", ")) (the aim is under 5 ms for each)")
  }

  private static func analyse(_ contents: PackageContents) {
    let interpreter = ScriptInterpreter(files: NoNodeFiles())
    let calls: [(MaintainerScript.Name, [String])] = [
      (.prerm, ["upgrade", "2:9"]), (.preinst, ["upgrade", "1.0-1", "2:9"]), (.postrm, ["upgrade", "2:9"]),
      (.postinst, ["configure", "1.0-1"]),
    ]
    for (name, arguments) in calls {
      guard let script = contents.scripts[name] else { continue }
      _ = interpreter.report(of: ScriptInvocation(script: script, arguments: arguments, contents: contents))
    }
  }

  private static func scriptsByPackage() -> [String: PackageContents] {
    var packages: [String: PackageContents] = [:]
    for file in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
      guard let dot = file.lastIndex(of: "."),
        let name = MaintainerScript.Name(rawValue: String(file[file.index(after: dot)...])), name != .config,
        let bytes = FileManager.default.contents(atPath: directory + file)
      else { continue }
      let package = String(file[..<dot])
      packages[package, default: contents(of: package)].scripts[name] = MaintainerScript(
        name: name, bytes: Array(bytes))
    }
    return packages
  }

  private static func contents(of package: String) -> PackageContents {
    PackageContents(
      name: package, architecture: "amd64", version: PackageVersion("2:9"), source: package, basis: .installed)
  }

  private static func milliseconds(_ duration: Duration) -> String {
    String(format: "%.2f", Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3)
  }
}
