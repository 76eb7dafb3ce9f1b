internal import CAptPkg

extension AptCollector {
  /// The values that `key` has in apt's configuration, in their order: its own, and those of a list.
  ///
  /// Source: apt.conf(5). Throws ``AptSystemError`` if the configuration cannot be used.
  public func configured(_ key: String) throws -> [String] {
    try AptLibrary.use(configuration) {
      var values = capt_strings()
      let outcome = AptOutcome { messages in capt_configured(key, &values, &messages) }
      defer { capt_strings_free(&values) }
      let paths = try paths()
      try outcome.check { AptSystemError(status: outcome.status, details: $0, paths: paths) }
      return UnsafeBufferPointer(start: values.items, count: values.count).map { String(captured: $0) }
    }
  }
}
