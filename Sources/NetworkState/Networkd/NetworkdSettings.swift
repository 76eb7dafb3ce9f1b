/// What `networkd.conf` and its drop-ins say about foreign state. Source: networkd.conf(5).
public struct NetworkdSettings: Sendable, Hashable {
  public var managesForeignRoutes = true
  public var managesForeignRules = true
  public var managesForeignNexthops = true
  /// The files that were read, in order.
  public var files: [String] = []
  public var warnings: [String] = []

  public init() {}

  /// The settings that a version would start with: one main file, then the drop-ins; later values win.
  ///
  /// Up to 255 the main file is only looked for in `/etc`, from 256 on in every folder. A drop-in that is a link to
  /// `/dev/null` and is not overridden makes 262 fail to read the whole configuration, so that every setting has its
  /// default ("File descriptor in bad state"); 257 takes it for a mask. Those between are taken to be as 262.
  public init(files: [ConfigurationFile], version: NetworkdVersion) {
    let folders = version >= NetworkdVersion(256) ? ConfigurationFolders.all : ["/etc/systemd"]
    let main = folders.lazy.compactMap { folder in files.first { $0.path == "\(folder)/networkd.conf" } }.first
    let candidates = files.filter { $0.name.hasSuffix(".conf") }
    let dropIns = ConfigurationFolders.effective(candidates, suffix: "/networkd.conf.d")
    if version >= NetworkdVersion(258),
      let null = ConfigurationFolders.ranking(candidates, suffix: "/networkd.conf.d").first(where: \.isNull)
    {
      warnings.append("\(null.path) is a link to /dev/null, which makes systemd-networkd pass over networkd.conf")
      return
    }
    for file in [main].compactMap(\.self) + dropIns { take(file) }
  }

  private mutating func take(_ file: ConfigurationFile) {
    files.append(file.path)
    let text = ConfigurationText(file.text)
    warnings += text.warnings.map { "\(file.path): \($0)" }
    for entry in text.merged("Network").entries {
      let setting: WritableKeyPath<Self, Bool>
      switch entry.key {
      case "ManageForeignRoutes": setting = \.managesForeignRoutes
      case "ManageForeignRoutingPolicyRules": setting = \.managesForeignRules
      case "ManageForeignNextHops": setting = \.managesForeignNexthops
      default: continue
      }
      if let value = ConfigurationText.boolean(entry.value) {
        self[keyPath: setting] = value
      } else {
        warnings.append("\(file.path):\(entry.line): `\(entry.value)` is neither yes nor no; it is passed over")
      }
    }
  }
}
