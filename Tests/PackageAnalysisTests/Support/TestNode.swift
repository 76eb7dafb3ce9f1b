import GateModel

@testable import PackageAnalysis

/// A node of values: what is installed, which candidates are at hand, which files there are.
struct TestNode: PackageContentsSource, NodeFiles {
  struct Unreadable: Error, CustomStringConvertible {
    var description: String { "the disk is broken" }
  }

  var installed: [PackageContents] = []
  var candidates: [PackageContents] = []
  var interests: [TriggerInterest] = []
  var files: [String: [UInt8]] = [:]
  /// Names of packages whose candidate or installed version cannot be read.
  var unreadable: Set<String> = []
  var interestsAreUnreadable = false

  func candidate(of binary: BinaryChange) throws -> PackageContents? {
    if unreadable.contains(binary.name) { throw Unreadable() }
    return candidates.first { $0.name == binary.name }
  }

  func installed(name: String, architecture: String) throws -> PackageContents? {
    if unreadable.contains(name) { throw Unreadable() }
    return installed.first { $0.name == name && $0.architecture == architecture }
  }

  func triggerInterests() throws -> [TriggerInterest] {
    if interestsAreUnreadable { throw Unreadable() }
    return interests
      + installed.flatMap { package in
        package.triggers.filter(\.directive.isInterest).map {
          TriggerInterest(package: package.name, architecture: package.architecture, trigger: $0.trigger)
        }
      }
  }

  func contents(of path: String, limit: Int) -> [UInt8]? { files[path].flatMap { $0.count <= limit ? $0 : nil } }
  func names(in directory: String) -> [String]? { nil }
}

extension PackageContents {
  /// A package at a version, with scripts as text.
  static func sample(
    _ name: String, _ version: String, _ basis: EvidenceBasis,
    scripts: [MaintainerScript.Name: String] = [:], files: [String] = [], triggers: String = ""
  ) -> PackageContents {
    var contents = PackageContents(
      name: name, architecture: "amd64", version: PackageVersion(version), source: name, basis: basis)
    for (script, text) in scripts { contents.scripts[script] = MaintainerScript(name: script, bytes: Array(text.utf8)) }
    contents.files = files.map { PackagedFile(path: $0) }
    contents.triggers = TriggersFile.declarations(Array(triggers.utf8))
    return contents
  }
}

extension Change {
  /// A change of binaries that all go from `from` to `to`.
  static func sample(_ names: String..., from: String?, to: String?, action: ChangeAction) -> Change {
    let from = from.map { PackageVersion($0) }
    let to = to.map { PackageVersion($0) }
    return Change(
      source: names.first ?? "", from: from, to: to, action: action,
      binaries: names.map { BinaryChange(name: $0, architecture: "amd64", from: from, to: to, action: action) })
  }
}

/// Stands in for the shell interpreter: a script is a list of lines, `call WORDS...` or `trigger NAME`, with `?` in front if it
/// is only possible. It writes down how it was called.
final class RecordingInterpreter {
  private(set) var invocations: [String] = []

  func report(_ invocation: ScriptInvocation) -> ScriptReport {
    let contents = invocation.contents
    let name = "\(contents.name).\(invocation.script.name.rawValue)"
    invocations.append("\(contents.basis.rawValue) \(name) \(invocation.arguments)")
    var report = ScriptReport()
    let lines = String(decoding: invocation.script.bytes, as: UTF8.self).split(separator: "\n")
    for (index, line) in lines.enumerated() {
      let certainty: Certainty = line.first == "?" ? .possible : .certain
      let words = line.drop { $0 == "?" }.split(separator: " ").map(String.init)
      let evidence = Evidence(basis: contents.basis, file: name, line: index + 1, text: String(line))
      if words[0] == "trigger" {
        report.activatedTriggers.append(words[1])
        report.calls.append(
          ScriptCall(tool: "dpkg-trigger", arguments: [words[1]], certainty: certainty, evidence: evidence))
      } else {
        report.effects.append(
          Effect(
            kind: .restart, unit: words[1], verb: words[0], certainty: certainty, evidence: evidence,
            package: contents.name))
      }
    }
    return report
  }
}

extension TestNode {
  func analyser(_ interpreter: RecordingInterpreter = RecordingInterpreter()) -> ChangeAnalyser {
    ChangeAnalyser(source: self, files: self) { interpreter.report($0) }
  }
}
