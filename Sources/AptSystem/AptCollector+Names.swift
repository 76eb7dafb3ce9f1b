internal import CAptPkg

extension AptCollector {
  /// The names of all source and binary packages in the package lists and in dpkg's status, without repeats, sorted.
  ///
  /// Throws ``AptSystemError`` if they cannot be read.
  public func packageNames() throws -> [String] {
    try AptLibrary.use(configuration) {
      let paths = try paths()
      var names = capt_strings()
      let outcome = AptOutcome { messages in capt_all_names(&names, &messages) }
      defer { capt_strings_free(&names) }
      try outcome.check { AptSystemError(status: outcome.status, details: $0, paths: paths) }
      return UnsafeBufferPointer(start: names.items, count: names.count).map { String(captured: $0) }
    }
  }
}
