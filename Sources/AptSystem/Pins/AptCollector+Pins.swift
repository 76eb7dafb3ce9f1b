internal import CAptPkg
public import GateModel

extension AptCollector {
  /// What `apt-get dist-upgrade` would do if `holds` were the only ones of apt-gate, with the packages `kept` neither
  /// upgraded nor removed. Throws as ``pending()`` does, and for a hold that cannot be written.
  public func pending(under holds: [Hold], keeping kept: [BinaryPackage] = []) throws -> PendingChanges {
    let pins = try PinFile(holds: holds)
    let pending = try AptLibrary.use(configuration, fresh: planned.isEmpty) {
      try requireStatus(paths())
      return try plan(holding: pins, keeping: kept)
    }
    planned = pending.changes.flatMap(\.binaries)
    return pending
  }

  /// Whether libapt makes of the file at `path` what `pins` mean: it parses it without a word, every pin names a version
  /// that is there, and none of them would be installed any more.
  ///
  /// Throws ``AptSystemError/Code/pinsFailed`` with libapt's words if not.
  func tryPins(_ pins: [Pin], at path: String) throws {
    try AptLibrary.use(configuration) {
      var strings = CStrings()
      defer { strings.free() }
      let wanted = pins.map { capt_pin(source: strings.add($0.source), version: strings.add($0.version.text)) }
      var trial = capt_pin_trial()
      let outcome = AptOutcome { messages in
        capt_try_pins(strings.add(path), wanted, wanted.count, &trial, &messages)
      }
      defer { capt_pin_trial_free(&trial) }
      let paths = try paths()
      try outcome.check { details in
        outcome.status == CAPT_CACHE
          ? AptSystemError(status: outcome.status, details: details, paths: paths) : .pinsRefused(details)
      }
      guard outcome.warnings.isEmpty else { throw AptSystemError.pinsRefused(outcome.warnings) }
      let problems = Self.problems(of: pins, UnsafeBufferPointer(start: trial.items, count: trial.count))
      guard problems.isEmpty else { throw AptSystemError.pinsRefused(problems) }
    }
  }

  private static func problems(of pins: [Pin], _ found: UnsafeBufferPointer<capt_pinned>) -> [String] {
    let loose = found.filter { $0.priority != PinFile.priority || $0.is_candidate != 0 }.map {
      "`\(String(captured: $0.package)):\(String(captured: $0.architecture))` of \(pins[$0.pin]) has the priority "
        + "\($0.priority)"
    }
    let named = Set(found.map(\.pin))
    let missing = pins.indices.filter { !named.contains($0) }.map { "\(pins[$0]) names no version" }
    return loose + missing
  }
}

extension AptSystemError {
  fileprivate static func pinsRefused(_ details: [String]) -> AptSystemError {
    AptSystemError(
      code: .pinsFailed, message: "libapt does not make of the new pins what they mean, so they were not put in place",
      advice: "report this as a bug of apt-gate", details: details)
  }
}
