import Foundation
import Testing

/// The analysis against what really happens.
@Suite("the analysis against recorded truth", LabRequirements.trait)
struct AnalysisTruthTests {
  @Test("no call that a real maintainer script made is missing", .timeLimit(.minutes(60)))
  func everyRecordedCallIsClaimed() async throws {
    let corpus = try await Corpus.load()
    let recordings = try await Recorder(corpus: corpus).recordings()
    let measurements = await TruthMeasurement.all(of: corpus, recordings: recordings)
    let explanations = try Explanation.all()
    print(TruthTable(rows: measurements.map(\.row)).text)

    for failure in measurements.flatMap(\.failures) { Issue.record("could not be analysed: \(failure)") }
    var explained = 0
    for (difference, count) in Self.counted(measurements.flatMap(\.differences)) {
      if explanations.contains(where: { $0.explains(difference) }) {
        explained += 1
      } else {
        Issue.record(
          "\(difference.kind.rawValue): \(difference.package).\(difference.script): \(difference.action) (\(count) runs, such as \(difference.detail))"
        )
      }
    }
    print("truth: \(explained) differences are explained in explained.json")
    #expect(measurements.count >= 60)
    #expect(measurements.filter { $0.row.runs > 0 }.count >= 50)
  }

  /// Each difference once, with the number of runs that showed it.
  private static func counted(
    _ differences: [ScriptComparison.Difference]
  ) -> [(ScriptComparison.Difference, Int)] {
    let groups = Dictionary(grouping: differences) { "\($0.kind.rawValue) \($0.package) \($0.script) \($0.action)" }
    return groups.sorted { $0.key < $1.key }.compactMap { group in group.value.first.map { ($0, group.value.count) } }
  }
}
