/// A file of systemd's configuration: where it is and what it says.
public struct ConfigurationFile: Sendable, Hashable {
  public var path: String
  /// Empty for a file that masks: a link to `/dev/null` or an empty file.
  public var text: String
  /// Whether it is a link to `/dev/null`, not an empty file.
  public var isNull: Bool

  public init(path: String, text: String, isNull: Bool = false) {
    self.path = path
    self.text = text
    self.isNull = isNull
  }

  var isMask: Bool { text.isEmpty }

  var name: String { String(path.split(separator: "/").last ?? "") }

  var folder: String { path.split(separator: "/").dropLast().map { "/" + $0 }.joined() }
}

/// The folders that systemd reads configuration from, in falling order of rank.
public enum ConfigurationFolders {
  public static let all = [
    "/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd", "/lib/systemd",
  ]

  /// Of files of one kind, which of them count and in which order: of files with the same name only the one in the
  /// folder of the highest rank; sorted by name; masked ones are left out.
  ///
  /// `suffix` is what the folders have after those of `all`, such as `/network` or `/networkd.conf.d`.
  public static func effective(_ files: [ConfigurationFile], suffix: String) -> [ConfigurationFile] {
    ranking(files, suffix: suffix).filter { !$0.isMask }
  }

  /// The same with those that mask.
  static func ranking(_ files: [ConfigurationFile], suffix: String) -> [ConfigurationFile] {
    var chosen: [String: ConfigurationFile] = [:]
    for folder in all {
      for file in files where file.folder == folder + suffix && chosen[file.name] == nil { chosen[file.name] = file }
    }
    return chosen.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
