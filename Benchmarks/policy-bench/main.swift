// policy-bench: how long policies take to decide and to load, in this build. Run it in release.
// Usage: policy-bench FOLDER_OF_POLICIES

import Documents
import Foundation
import GateModel
import Policy

/// The best of some runs, in milliseconds.
func milliseconds(_ work: () -> Void) -> Double {
  let best = (0..<9).map { _ in ContinuousClock().measure(work) }.min() ?? .zero
  return (best / .microseconds(1)).rounded() / 1000
}

let set = try PolicySet.ofManyRules(500)
let facts = (0..<500).map { Facts.aboutManyThings($0) }
var held = 0
let deciding = milliseconds { held = facts.count { set.decide($0).verdict.isHeld } }
print("500 rules over 500 changes, \(held) held: \(deciding) ms (aim: under 50)")

let folder = URL(filePath: CommandLine.arguments.dropFirst().first ?? "policies")
let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().compactMap { name in
  (try? String(contentsOf: folder.appending(path: "\(name)/policy.yaml"), encoding: .utf8)).map {
    DocumentSource(name: name, text: $0)
  }
}
var errors = 0
let loading = milliseconds { errors = PolicySet.check(sources).errors.count }
print("loading and checking \(sources.count) shipped policies, \(errors) errors: \(loading) ms (aim: under 50)")
