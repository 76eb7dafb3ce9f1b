internal import FoundationEssentials
public import NetworkState

/// The names that iproute2's files on this node give to numbers.
public enum NumberNameFiles {
  /// Where iproute2 looks, the administrator's folder last, so that it wins.
  public static let folders = ["/usr/lib/iproute2", "/usr/share/iproute2", "/etc/iproute2"]

  /// The built-in names and those of the files in `folders`; a file that cannot be read says nothing.
  public static func read(folders: [String] = folders) -> NumberNames {
    var names = NumberNames()
    for folder in folders {
      names.tables.merge(entries(folder, "rt_tables")) { _, new in new }
      names.protocols.merge(entries(folder, "rt_protos")) { _, new in new }
      names.scopes.merge(entries(folder, "rt_scopes")) { _, new in new }
      names.groups.merge(entries(folder, "group")) { _, new in new }
      names.services.merge(entries(folder, "rt_dsfield")) { _, new in new }
    }
    return names
  }

  /// `NAME` and `NAME.d/*.conf`.
  private static func entries(_ folder: String, _ name: String) -> [UInt32: String] {
    let directory = "\(folder)/\(name).d"
    let parts = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let files = ["\(folder)/\(name)"] + parts.filter { $0.hasSuffix(".conf") }.sorted().map { "\(directory)/\($0)" }
    return files.reduce(into: [:]) { names, file in
      guard let data = FileManager.default.contents(atPath: file) else { return }
      names.merge(NumberNames.parse(String(decoding: data, as: UTF8.self))) { _, new in new }
    }
  }
}
