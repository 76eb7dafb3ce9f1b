internal import GateModel

/// What the packages of a change themselves want to be triggered by.
///
/// Their new versions' interests replace the installed ones, and their triggers are only `possible`: whether one is configured
/// before or after another of the same change, and so whether it is triggered or does the work when it is configured,
/// is for apt to order.
struct OwnInterests {
  private struct Key: Hashable {
    var name: String
    var architecture: String
  }

  /// Interests of the new versions that are at hand.
  let index: TriggerIndex
  private var byKey: [Key: BinaryInputs] = [:]

  init(_ inputs: [BinaryInputs]) {
    var interests: [TriggerInterest] = []
    for input in inputs {
      byKey[Key(name: input.binary.name, architecture: input.binary.architecture)] = input
      for declaration in input.candidate?.triggers ?? [] where declaration.directive.isInterest {
        interests.append(
          TriggerInterest(
            package: input.binary.name, architecture: input.binary.architecture, trigger: declaration.trigger))
      }
    }
    index = TriggerIndex(interests)
  }

  private func input(_ interest: TriggerInterest) -> BinaryInputs? {
    byKey[Key(name: interest.package, architecture: interest.architecture)]
  }

  /// Whether the interested package is part of the change.
  func covers(_ interest: TriggerInterest) -> Bool { input(interest) != nil }

  /// The new version of an interested package that is part of the change, if it is at hand.
  func contents(_ interest: TriggerInterest) -> PackageContents? { input(interest)?.candidate }

  /// Installed interests, less those of packages that the change removes or whose new version is at hand.
  func adjusted(_ installed: [TriggerInterest]) -> [TriggerInterest] { installed.filter(standsAfterwards) }

  /// Whether an installed interest still stands once the change has begun.
  func standsAfterwards(_ interest: TriggerInterest) -> Bool {
    guard let input = input(interest) else { return true }
    return input.candidate == nil && input.binary.action != .remove
  }
}
