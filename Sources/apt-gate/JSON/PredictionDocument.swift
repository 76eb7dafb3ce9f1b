import GateModel
import NetworkState
import NetworkSystem

/// What `network predict --json` prints. Described by docs/protocols/network-predict.schema.json.
struct PredictionDocument {
  var answer: PredictionAnswer

  static let schema = "apt-gate/network-predict/1"

  var json: JSONValue {
    let prediction = answer.prediction
    let describer = answer.describer
    let snapshot = answer.reading.snapshot
    return [
      "schema": .string(Self.schema),
      "networkd": networkd,
      "event": .string(answer.question.isNewLink ? "new-link" : "restart"),
      "lost": prediction.describeLost(of: snapshot, describer).json,
      "interrupted": prediction.describeInterrupted(of: snapshot, describer).json,
      "changed": prediction.describeChanged(of: snapshot, describer).json,
      "managed": .array(managed),
      "files": .strings(answer.reading.restart.settings.files),
      "notes": .strings(prediction.notes),
      "warnings": .strings(answer.reading.warnings),
      "fix": fix,
    ]
  }

  private var fix: JSONValue {
    guard let protection = answer.protection else { return .null }
    return [
      "dropIns": .array(protection.dropIns.map { ["path": .string($0.path), "text": .string($0.text)] }),
      "written": .bool(protection.isWritten),
      "exposed": protection.exposed.describeLost(of: answer.reading.snapshot, answer.describer).json,
    ]
  }

  private var networkd: JSONValue {
    let reading = answer.reading
    let isKnown = reading.installed != nil || answer.question.version != nil
    return [
      "running": .bool(reading.process != nil),
      "version": .optional((reading.process?.version ?? reading.installed)?.description),
      "installed": .optional(reading.installed?.description),
      "starts": .optional(isKnown ? reading.restart.version.description : nil),
      "keepsState": .bool(reading.restart.keepsState),
    ]
  }

  private var managed: [JSONValue] {
    let restart = answer.reading.restart
    let describer = answer.describer
    return restart.managed.sorted { $0.key < $1.key }.map { index, management in
      [
        "dev": .string(describer.interface(index)), "file": .string(management.file),
        "keepConfiguration": .string(management.keep.text),
      ]
    }
  }
}
