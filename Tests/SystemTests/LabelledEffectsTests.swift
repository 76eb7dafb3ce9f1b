import Foundation
import Testing

/// The effects that the analysis finds, against those that a person read in the scripts.
@Suite("the analysis against hand-labelled effects", LabRequirements.trait)
struct LabelledEffectsTests {
  @Test("labelled effects are found, and no others are certain", .timeLimit(.minutes(60)))
  func labels() async throws {
    let corpus = try await Corpus.load()
    let labels = try ExpectedEffects.all()
    #expect(labels.count >= 20)
    for label in labels {
      let subject = try #require(corpus.all.first { $0.package.name == label.package }, "\(label.package)")
      if subject.package.version != label.readFrom {
        print("labels: \(label.package) is \(subject.package.version) now; \(label.readFrom) was read for its labels")
      }
      for upgrade in label.cases {
        let inspection = try await TimedInspection.of(subject, from: upgrade.from).inspection
        expect(upgrade, in: inspection, title: "\(label.package) from \(upgrade.from)")
      }
    }
  }

  private func expect(_ upgrade: ExpectedEffects.Case, in inspection: Inspection, title: String) {
    let package = inspection.package
    for expected in upgrade.effects {
      let found = inspection.effects.filter { expected.isSame(as: $0, package: package) }
      let certainties = found.map(\.certainty)
      #expect(certainties.contains(expected.certainty), "\(title): \(expected), found \(certainties)")
    }
    for absent in upgrade.absent {
      #expect(!inspection.effects.contains { absent.isSame(as: $0, package: package) }, "\(title): \(absent)")
    }
    for effect in inspection.effects where Self.isLabelled(effect, of: package) {
      #expect(
        upgrade.effects.contains { $0.isSame(as: effect, package: package) },
        "\(title): not labelled: \(effect.kind) \(effect.verb ?? "") \(effect.unit ?? "") \(effect.evidence)")
    }
  }

  /// Whether a person would have written this effect down: labels are complete for these.
  private static func isLabelled(_ effect: Inspection.Effect, of package: String) -> Bool {
    effect.certainty == "certain" && ["restart", "stop", "start", "reexec"].contains(effect.kind)
      && effect.evidence.file.hasPrefix("\(package).")
  }
}
