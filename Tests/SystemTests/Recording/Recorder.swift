import Foundation

/// Runs real maintainer scripts in layers over their trees and reads what they called.
struct Recorder {
  let corpus: Corpus

  /// Every recording of the corpus, from the cache if neither the trees nor the lab's scripts have changed since.
  func recordings() async throws -> [Recording] {
    let jobs = try await jobs()
    let file = LabFolder.cache.appending(path: "recordings-\(try digest(of: jobs)).jsonl")
    if let kept = try? String(contentsOf: file, encoding: .utf8) {
      return try kept.split(separator: "\n").map { try JSONDecoder().decode(Recording.self, from: Data($0.utf8)) }
    }
    let recordings = try await record(jobs)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try recordings.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
    try lines.joined().write(to: file, atomically: true, encoding: .utf8)
    return recordings
  }

  private func jobs() async throws -> [RecordingJob] {
    let names = corpus.recorded.map(\.package.name)
    let words = [LabFolder.script("archive-versions"), Corpus.previousSuite]
    let cache = LabFolder.cache.appending(path: "\(Corpus.previousSuite)-lists").path
    let list = try await LabCommand(words: words + [cache] + names).output()
    let pairs = list.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let old = Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { first, _ in first }
    return corpus.recorded.flatMap { RecordingJob.jobs(for: $0, old: old[$0.package.name] ?? "0~") }
  }

  private func digest(of jobs: [RecordingJob]) throws -> StableDigest {
    let makers = try ["enter", "enter-inside", "shim", "record"].map {
      try String(contentsOf: LabFolder.scripts.appending(path: $0), encoding: .utf8)
    }
    return StableDigest(
      of: makers + jobs.map { "\($0.subject.package) \($0.script) \($0.arguments) \($0.subject.tree)" })
  }

  private func record(_ jobs: [RecordingJob]) async throws -> [Recording] {
    let out = LabFolder.cache.appending(path: "record-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: out) }
    for tree in Set(jobs.map(\.subject.tree)) {
      let lines = jobs.enumerated().filter { $1.subject.tree == tree }.map { index, job in
        ([String(index), job.subject.package.name, job.script, job.scenario.rawValue] + job.arguments)
          .joined(separator: " ")
      }
      _ = try await LabCommand(
        LabFolder.script("record"), tree.path, out.path, input: lines.joined(separator: "\n") + "\n"
      ).output()
    }
    return try jobs.enumerated().compactMap { try recording(of: $1, in: out.appending(path: String($0))) }
  }

  /// What a run left; nil if the package has no such script.
  private func recording(of job: RecordingJob, in folder: URL) throws -> Recording? {
    let status = try String(contentsOf: folder.appending(path: "status"), encoding: .utf8)
    guard let code = Int(status.trimmingCharacters(in: .whitespacesAndNewlines)) else { return nil }
    let calls = String(decoding: try Data(contentsOf: folder.appending(path: "calls.jsonl")), as: UTF8.self)
    return Recording(
      package: job.subject.package.name, version: job.subject.package.version, script: job.script,
      arguments: job.arguments, scenario: job.scenario, from: job.from, status: code,
      calls: try calls.split(separator: "\n").map { try JSONDecoder().decode(RecordedCall.self, from: Data($0.utf8)) })
  }
}
