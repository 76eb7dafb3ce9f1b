import GateModel
import PackageAnalysis

/// A script as a test writes it, run by the interpreter.
struct ScriptUnderTest {
  var text: String
  var name: MaintainerScript.Name = .postinst
  var arguments = ["configure", "1.0-1"]
  var package = "demo"
  var files: [String] = []
  var texts: [String: String] = [:]
  var node: any NodeFiles = NoNodeFiles()

  var report: ScriptReport {
    let script = MaintainerScript(name: name, bytes: Array(text.utf8))
    let contents = PackageContents(
      name: package, architecture: "amd64", version: PackageVersion("2.0-1"), source: package, basis: .candidate,
      scripts: [name: script], files: files.map { PackagedFile(path: $0) },
      texts: texts.mapValues { Array($0.utf8) })
    return ScriptInterpreter(files: node).report(
      of: ScriptInvocation(script: script, arguments: arguments, contents: contents))
  }

  /// Effects as `certain restart ssh.service (try-restart) :12`, in order.
  var lines: [String] {
    report.effects.map { effect in
      let unit = effect.unit.map { " " + $0 } ?? ""
      let verb = effect.verb.map { " (\($0))" } ?? ""
      return "\(effect.certainty) \(effect.kind.rawValue)\(unit)\(verb) :\(effect.evidence.line ?? 0)"
    }
  }

  /// Calls as `certain systemctl daemon-reload`, with `?` for a word that is not known.
  var calls: [String] {
    report.calls.map { call in
      ([call.certainty.rawValue, call.tool] + call.arguments.map { $0 ?? "?" }).joined(separator: " ")
    }
  }
}

func effects(_ text: String, arguments: [String] = ["configure", "1.0-1"]) -> [String] {
  ScriptUnderTest(text: "#!/bin/sh\n" + text, arguments: arguments).lines
}

/// A node of which one file is known.
struct NodeWithOneFile: NodeFiles {
  var path: String
  var text: String

  func contents(of path: String, limit: Int) -> [UInt8]? { path == self.path ? Array(text.utf8) : nil }
  func names(in directory: String) -> [String]? { nil }
}
