/// Compares every recording with what the program under test says, package by package.
struct TruthMeasurement: Sendable {
  var row: TruthTable.Row
  var differences: [ScriptComparison.Difference]
  /// Why the program said nothing of a version.
  var failures: [String]

  /// All packages of `corpus`, a few at a time, in the order of the corpus.
  static func all(of corpus: Corpus, recordings: [Recording]) async -> [TruthMeasurement] {
    let recordings = Dictionary(grouping: recordings) { $0.package }
    return await withTaskGroup(of: (Int, TruthMeasurement).self) { group in
      var done: [Int: TruthMeasurement] = [:]
      for (index, subject) in corpus.all.enumerated() {
        if index >= 2, let (place, measurement) = await group.next() { done[place] = measurement }
        group.addTask { (index, await of(subject, recordings: recordings[subject.package.name] ?? [])) }
      }
      for await (place, measurement) in group { done[place] = measurement }
      return done.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  private static func of(_ subject: CorpusPackage, recordings: [Recording]) async -> TruthMeasurement {
    var measurement = TruthMeasurement(
      row: TruthTable.Row(package: subject.package.name, version: subject.package.version), differences: [],
      failures: [])
    let versions = recordings.isEmpty ? [subject.package.version + "~"] : Set(recordings.map(\.from)).sorted()
    for from in versions {
      do {
        let timed = try await TimedInspection.of(subject, from: from)
        measurement.add(timed, runs: recordings.filter { $0.from == from })
      } catch {
        measurement.failures.append("\(subject.package.name) from \(from): \(error)")
      }
    }
    return measurement
  }

  private mutating func add(_ timed: TimedInspection, runs: [Recording]) {
    row.slowest = max(row.slowest, timed.duration)
    row.unresolved = max(row.unresolved, timed.inspection.effects.filter { $0.kind == "unknown" }.count)
    for run in runs {
      let comparison = ScriptComparison(recording: run, claims: timed.inspection.calls(of: run.script))
      row.add(comparison)
      differences += comparison.differences
    }
  }
}
