import Foundation
import GateModel
import Testing

@testable import PackageAnalysis

/// Third-party truth: dpkg itself upgrades a package in a root of its own, whose scripts write down how they are called.
@Suite struct RealTriggerTests {
  /// A package whose postinst may call dpkg-trigger: `calls` maps its first word to the trigger.
  private struct Sample {
    var name: String
    var version = "1"
    var triggers = ""
    var files: [String] = []
    var calls: [String: String] = [:]

    var postinst: String {
      let calls = calls.map { "if [ \"$1\" = \($0.key) ]; then dpkg-trigger --no-await \($0.value); fi\n" }.joined()
      return "#!/bin/sh\nset -e\necho \"\(name) $*\" >> \"$APT_GATE_TEST_LOG\"\n\(calls)"
    }
  }

  private static let old = Sample(
    name: "p", triggers: "activate declared-old\nactivate-noawait declared-both\n",
    files: ["usr/share/old/p", "usr/share/both/p"])
  private static let new = Sample(
    name: "p", version: "2",
    triggers: "activate declared-new\nactivate-noawait declared-both\nactivate own-declared\n"
      + "interest own-declared\ninterest own-called\ninterest /usr/share/own\n",
    files: ["usr/share/new/sub/p", "usr/share/both/p", "usr/share/own/p"], calls: ["configure": "own-called"])
  private static let interested = [
    Sample(name: "file-new", triggers: "interest-noawait /usr/share/new\n"),
    Sample(name: "file-old", triggers: "interest-noawait /usr/share/old\n"),
    Sample(name: "file-both", triggers: "interest /usr/share/both/p\n"),
    Sample(name: "file-prefix", triggers: "interest /usr/share/ne\n"),
    Sample(name: "file-elsewhere", triggers: "interest /usr/share/elsewhere\n"),
    Sample(name: "declared-old", triggers: "interest declared-old\n"),
    Sample(name: "declared-new", triggers: "interest-await declared-new\n"),
    Sample(name: "declared-both", triggers: "interest declared-both\n"),
    Sample(name: "caller", triggers: "interest declared-new\n", calls: ["triggered": "chained"]),
    Sample(name: "chained", triggers: "interest-noawait chained\n"),
    Sample(name: "idle", triggers: "interest never\n"),
  ]

  @Test(.enabled(if: Tool.exists("dpkg-deb") && Tool.exists("dpkg-trigger"), "needs dpkg"))
  func dpkgTriggersWhatIsPredicted() throws {
    try Tool.withTemporaryDirectory { directory in
      for path in ["updates", "info", "triggers"] {
        try FileManager.default.createDirectory(
          at: directory.appendingPathComponent("root/var/lib/dpkg/\(path)"), withIntermediateDirectories: true)
      }
      try Data().write(to: directory.appendingPathComponent("root/var/lib/dpkg/status"))
      try install([Self.old] + Self.interested, directory)
      let recorded = Set(try install([Self.new], directory).filter { $0.contains(" triggered ") })
      let predicted = try predictions(directory)
      #expect(recorded.count >= 7)
      #expect(recorded == predicted)
    }
  }

  /// Runs dpkg and gives a line for every call of a postinst, one for each trigger of a call.
  @discardableResult
  private func install(_ samples: [Sample], _ directory: URL) throws -> [String] {
    let log = directory.appendingPathComponent("log")
    try Data().write(to: log)
    let debs = try samples.map { try build($0, directory).path }
    try Tool.run(
      [
        "APT_GATE_TEST_LOG=\(log.path)", "dpkg", "--root=\(directory.path)/root", "--log=/dev/null",
        "--force-script-chrootless", "--force-not-root", "--force-bad-path", "--install",
      ] + debs)
    let lines = String(decoding: try Data(contentsOf: log), as: UTF8.self).split(separator: "\n")
    return lines.flatMap { line in
      let words = line.split(separator: " ").map(String.init)
      return words.dropFirst(2).map { "\(words[0]) \(words[1]) \($0)" }
    }
  }

  private func build(_ sample: Sample, _ directory: URL) throws -> URL {
    let tree = directory.appendingPathComponent("\(sample.name)-\(sample.version)")
    let control = tree.appendingPathComponent("DEBIAN")
    try FileManager.default.createDirectory(
      at: control, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let fields = "Package: \(sample.name)\nVersion: \(sample.version)\nArchitecture: all\n"
    try Data((fields + "Maintainer: A <a@example.org>\nDescription: a\n").utf8).write(
      to: control.appendingPathComponent("control"))
    try Data(sample.triggers.utf8).write(to: control.appendingPathComponent("triggers"))
    let postinst = control.appendingPathComponent("postinst")
    try Data(sample.postinst.utf8).write(to: postinst)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: postinst.path)
    for path in sample.files {
      let file = tree.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: file)
    }
    let deb = directory.appendingPathComponent("\(sample.name)-\(sample.version).deb")
    try Tool.run(["dpkg-deb", "--root-owner-group", "-b", tree.path, deb.path])
    return deb
  }

  /// What the analysis says of the same .debs, with what the scripts call taken from the samples.
  private func predictions(_ directory: URL) throws -> Set<String> {
    let read = { (sample: Sample) in
      let deb = directory.appendingPathComponent("\(sample.name)-\(sample.version).deb")
      return try DebianArchive(bytes: Array(Data(contentsOf: deb))).contents
    }
    var node = TestNode(candidates: [try read(Self.new)])
    for sample in [Self.old] + Self.interested {
      var contents = try read(sample)
      contents.basis = .installed
      node.installed.append(contents)
    }
    var predicted: Set<String> = []
    let analyser = ChangeAnalyser(source: node, files: node) { invocation in
      let name = invocation.contents.name
      if invocation.arguments.first == "triggered" {
        predicted.formUnion(invocation.arguments[1].split(separator: " ").map { "\(name) triggered \($0)" })
      }
      let sample = ([Self.new] + Self.interested).first { $0.name == name }
      var report = ScriptReport()
      report.activatedTriggers = invocation.arguments.first.flatMap { sample?.calls[$0] }.map { [$0] } ?? []
      return report
    }
    let binary = BinaryChange(
      name: "p", architecture: "all", from: PackageVersion("1"), to: PackageVersion("2"), action: .upgrade)
    _ = analyser.analyse(
      Change(source: "p", from: binary.from, to: binary.to, action: .upgrade, binaries: [binary]))
    return predicted
  }
}
