internal import CAptPkg
public import GateModel

extension AptCollector {
  /// The names of all source and binary packages in the package lists and in dpkg's status.
  ///
  /// Throws ``AptSystemError`` if they cannot be read.
  public func packageNames() throws -> PackageNames {
    try AptLibrary.use(configuration) {
      let paths = try paths()
      var sources = capt_strings()
      var binaries = capt_strings()
      let outcome = AptOutcome { messages in capt_all_names(&sources, &binaries, &messages) }
      defer {
        capt_strings_free(&sources)
        capt_strings_free(&binaries)
      }
      try outcome.check { AptSystemError(status: outcome.status, details: $0, paths: paths) }
      return PackageNames(sources: Self.texts(sources), binaries: Self.texts(binaries))
    }
  }

  private static func texts(_ strings: capt_strings) -> Set<String> {
    Set(UnsafeBufferPointer(start: strings.items, count: strings.count).map { String(captured: $0) })
  }
}
