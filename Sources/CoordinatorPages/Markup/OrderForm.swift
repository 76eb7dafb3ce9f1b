internal import Rollout

/// A form that asks for a reason and does one thing.
struct OrderForm {
  var verb: String
  /// `halt`, `approve`, ...: the last part of the path.
  var order: String
  var rollout: RolloutID
  var ring: String?
  var question: String
  var isDangerous = false

  var fields: [String: Any] {
    var fields: [String: Any] = [
      "verb": verb, "action": "\(RolloutCard.href(rollout))/\(order)", "question": question, "danger": isDangerous,
      "id": "reason-\(order)-\(Fields.encoded(rollout.description))-\(Fields.encoded(ring ?? ""))", "reason": "",
      "ring": false,
    ]
    if let ring { fields["ring"] = ["ring": ring] }
    return fields
  }

  static func halt(_ id: RolloutID) -> OrderForm {
    OrderForm(
      verb: "Halt", order: "halt", rollout: id, question: "Halt \(id): nothing more is granted until it is resumed",
      isDangerous: true)
  }

  static func approve(_ id: RolloutID, _ ring: String) -> OrderForm {
    OrderForm(verb: "Approve", order: "approve", rollout: id, ring: ring, question: "Let ring \(ring) of \(id) open")
  }
}
