import Policy

extension PolicyDiff {
  /// As many facts are made up at most: `FactsGrid.largest` of the Policy room.
  private static let mostMadeUp = 20_000

  /// Whether more facts could have been made up: what only those tell apart was not seen.
  var isCutOff: Bool { compared - recorded >= Self.mostMadeUp }
}
