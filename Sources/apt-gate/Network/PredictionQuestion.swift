import NetworkState
import NetworkSystem

/// What `network predict` is asked: about which node, and what happens to its systemd-networkd.
struct PredictionQuestion {
  /// The version that starts; nil for the installed one.
  var version: NetworkdVersion?
  var isNewLink = false
  /// The path of a network namespace; nil for that of this process.
  var namespace: String?
  /// Where networkd's files are; nil for where the networkd that runs finds them.
  var root: String?

  /// How long reading may take: a node with a million routes needs a few seconds.
  static let limit = Duration.seconds(60)

  func answer(by deadline: Deadline = .after(limit)) throws -> PredictionAnswer {
    let reading = try NetworkdReader(namespace: namespace, root: root).read(version: version, by: deadline)
    return PredictionAnswer(question: self, reading: reading, prediction: prediction(of: reading))
  }

  private func prediction(of reading: NetworkdReader.Reading) -> LossPrediction {
    guard isNewLink else { return LossPredictor.predict(reading.snapshot, reading.restart) }
    return LossPredictor.predictNewLink(reading.snapshot, reading.restart, as: reading.possibleManagements)
  }
}

/// The answer to a ``PredictionQuestion``.
struct PredictionAnswer {
  var question: PredictionQuestion
  var reading: NetworkdReader.Reading
  var prediction: LossPrediction
  /// The settings that protect the node; nil if they are not asked for.
  var protection: Protection?

  struct Protection {
    var dropIns: [ProtectionPlan.DropIn]
    var isWritten: Bool
    /// What is still exposed: with the drop-ins read back from the disk, if they are written.
    var exposed: LossPrediction
  }

  /// Plans the protection, and writes it.
  mutating func protect(writing: Bool) throws {
    let plan = ProtectionPlan(for: reading.snapshot, reading.restart)
    var exposed = plan.prediction
    if writing, !plan.dropIns.isEmpty {
      try DropInWriter(root: reading.files.root).write(plan.dropIns)
      exposed = try question.answer().prediction
    }
    protection = Protection(dropIns: plan.dropIns, isWritten: writing && !plan.dropIns.isEmpty, exposed: exposed)
  }

  /// Describes objects in the words of `ip -j`.
  var describer: ObjectDescriber { ObjectDescriber(names: NumberNameFiles.read(), of: reading.snapshot) }
}
