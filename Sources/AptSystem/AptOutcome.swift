internal import CAptPkg
internal import Glibc

/// What a call into CAptPkg came to, with libapt's messages already copied.
struct AptOutcome {
  let status: capt_status
  let errors: [String]
  let warnings: [String]

  init(_ call: (inout capt_messages) -> capt_status) {
    var messages = capt_messages()
    status = call(&messages)
    var errors: [String] = []
    var warnings: [String] = []
    for message in UnsafeBufferPointer(start: messages.items, count: messages.count) {
      let text = String(captured: message.text)
      if message.is_error != 0 { errors.append(text) } else { warnings.append(text) }
    }
    capt_messages_free(&messages)
    self.errors = errors
    self.warnings = warnings
  }

  /// Throws what `explain` makes of libapt's errors, unless the call did its work.
  func check(_ explain: ([String]) -> AptSystemError) throws {
    if status == CAPT_OK { return }
    if status == CAPT_INTERNAL {
      throw AptSystemError(
        code: .internalFault, message: "libapt failed", advice: "run `apt-get check` to see whether apt works",
        details: errors)
    }
    throw explain(errors)
  }
}

/// C strings that live until they are freed together.
struct CStrings {
  private var pointers: [UnsafeMutablePointer<CChar>?] = []

  mutating func add(_ text: String) -> UnsafePointer<CChar>? {
    let copy = strdup(text)
    pointers.append(copy)
    return UnsafePointer(copy)
  }

  mutating func free() {
    for pointer in pointers { Glibc.free(pointer) }
    pointers = []
  }
}

extension String {
  /// A string from libapt: bytes that are not UTF-8 become the replacement character; none becomes the empty string.
  init(captured pointer: UnsafePointer<CChar>?) {
    self = pointer.map { String(cString: $0) } ?? ""
  }
}
