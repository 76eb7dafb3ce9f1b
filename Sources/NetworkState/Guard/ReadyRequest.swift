/// The request that makes an object again, as the kernel takes it: nothing of it is left to do when it is needed.
struct ReadyRequest: Sendable {
  /// The encoded message.
  var bytes: [UInt8]
  /// `NLM_F_...` for an object that is known to be gone.
  var flags: UInt16
  var order: RestorePlan.Order

  /// The request for what the kernel said `elapsed` seconds ago; nil if there is none, or its time is over.
  init?(for message: RoutingMessage, elapsed: UInt32) {
    guard let request = RestoreRequest(elapsed: elapsed).request(for: message), let bytes = try? request.encoded()
    else { return nil }
    self.bytes = bytes
    flags = request.flags
    order = RestorePlan.order(message)
  }
}
