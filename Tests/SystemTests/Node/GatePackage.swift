import Foundation

/// apt-gate's own Debian package, built from the program under test.
enum GatePackage {
  /// Where it is put in a node.
  static let path = "/root/apt-gate.deb"

  private static let project = LabFolder.tests.appending(path: "../..").standardizedFileURL
  private static let build = Task { try await make() }

  /// `$APT_GATE_DEB`, or one that is built once in a run of the tests.
  static func built() async throws -> URL { try await build.value }

  private static func make() async throws -> URL {
    if let chosen = ProcessInfo.processInfo.environment["APT_GATE_DEB"], !chosen.isEmpty {
      return URL(filePath: chosen)
    }
    let place = LabFolder.cache.appending(path: "package-\(UUID().uuidString)")
    // The packaging works in the folder that it is in, and others may be at work there.
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for name in ["debian", "dist", "docs", "man", "policies", "README.md", "CHANGELOG.md"] {
      try FileManager.default.copyItem(at: project.appending(path: name), to: place.appending(path: name))
    }
    _ = try await LabCommand(
      "env", "--chdir=\(place.path)", "DH_QUIET=1", "DPKG_DEB_COMPRESSOR_TYPE=gzip", "debian/rules", "binary",
      "GATE_BIN=\(LabFolder.program.path)", "DEB_OUT=.", "SHLIBDEPS=--ignore-missing-info"
    ).output()
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
    guard let name = names.first(where: { $0.hasSuffix(".deb") }) else {
      throw LabError.missing("debian/rules built no package, only \(names)")
    }
    let package = LabFolder.cache.appending(path: name)
    try? FileManager.default.removeItem(at: package)
    try FileManager.default.moveItem(at: place.appending(path: name), to: package)
    try FileManager.default.removeItem(at: place)
    return package
  }
}
