import Testing

/// The truth itself: real maintainer scripts, run and recorded.
@Suite("recordings of real maintainer scripts", LabRequirements.trait)
struct RecordingTests {
  @Test("at least 60 packages are there and at least 50 of them are recorded", .timeLimit(.minutes(90)))
  func corpusIsLargeEnough() async throws {
    let corpus = try await Corpus.load()
    let recordings = try await Recorder(corpus: corpus).recordings()
    #expect(corpus.all.count >= 60)
    #expect(Set(recordings.map(\.package)).count >= 50)
    #expect(recordings.filter { !$0.calls.isEmpty }.count >= 200)
    let ended = recordings.filter { $0.status != 0 }
    for recording in ended { print("recording: \(recording.title) ended with \(recording.status)") }
    #expect(ended.count * 20 < recordings.count, "nearly all scripts succeed, as on a real system")
  }
}
