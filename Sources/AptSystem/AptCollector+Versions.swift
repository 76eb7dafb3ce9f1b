internal import CAptPkg
public import GateModel

extension AptCollector {
  /// How the first version of each pair stands to the second, by libapt's own comparison.
  public func orders(of pairs: [(PackageVersion, PackageVersion)]) throws -> [VersionOrder] {
    try AptLibrary.use(configuration) {
      pairs.map { left, right in
        let order = capt_compare_versions(left.text, right.text)
        if order == 0 { return .same }
        return order < 0 ? .earlier : .later
      }
    }
  }

  /// Every version of every package that the lists and dpkg's status name, sorted as text.
  public func knownVersions() throws -> [String] {
    try AptLibrary.use(configuration) {
      var versions = capt_strings()
      let outcome = AptOutcome { messages in capt_all_versions(&versions, &messages) }
      defer { capt_strings_free(&versions) }
      let paths = try paths()
      try outcome.check { AptSystemError(status: outcome.status, details: $0, paths: paths) }
      return UnsafeBufferPointer(start: versions.items, count: versions.count).map { String(captured: $0) }
    }
  }
}
