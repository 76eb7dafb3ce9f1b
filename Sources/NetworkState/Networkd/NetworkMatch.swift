internal import GateModel

/// The `[Match]` section of a `.network` file. Source: systemd.network(5), `net_match_config`.
struct NetworkMatch: Sendable, Hashable {
  /// What a link or node is asked for, and the words of the value.
  private(set) var conditions: [String: [String]] = [:]

  private static let linkKeys: Set<String> = [
    "MACAddress", "PermanentMACAddress", "Path", "Driver", "Type", "Kind", "Property", "Name", "SSID",
    "WLANInterfaceType", "BSSID",
  ]
  private static let nodeKeys: Set<String> = [
    "Host", "Virtualization", "KernelCommandLine", "KernelVersion", "Credential", "Architecture", "Firmware", "Version",
  ]

  init(_ section: ConfigurationText.Section) {
    for entry in section.entries where Self.linkKeys.contains(entry.key) || Self.nodeKeys.contains(entry.key) {
      let words = Self.words(entry.value)
      conditions[entry.key] = entry.value.isEmpty ? nil : (conditions[entry.key] ?? []) + words
    }
  }

  /// Words between spaces; a `!` before the first stands before each.
  private static func words(_ value: String) -> [String] {
    let isNegated = value.hasPrefix("!")
    let rest = isNegated ? String(value.dropFirst()) : value
    return rest.split(separator: " ").map { word in
      let plain = word.count > 1 && word.hasPrefix("\"") && word.hasSuffix("\"") ? word.dropFirst().dropLast() : word
      return (isNegated ? "!" : "") + plain
    }
  }

  /// Whether there is no condition: such a file is ignored, since 243.
  var isEmpty: Bool { conditions.isEmpty }

  /// The conditions that cannot be decided here.
  func unknown(_ node: NodeIdentity) -> [String] {
    conditions.keys.filter { key in
      switch key {
      case "Host": node.host == nil
      case "KernelVersion": node.kernelVersion == nil
      case "Architecture": node.architecture == nil
      case "KernelCommandLine": node.commandLine == nil
      case "Virtualization": node.virtualization == nil
      case "WLANInterfaceType", "BSSID": true
      default: Self.nodeKeys.contains(key)
      }
    }.sorted()
  }

  /// Whether a link on a node matches; what is not known matches.
  func matches(_ identity: LinkIdentity, _ node: NodeIdentity) -> Bool {
    let undecided = unknown(node)
    return conditions.allSatisfy { key, words in
      undecided.contains(key) || accepts(key, words, identity, node)
    }
  }

  private func accepts(_ key: String, _ words: [String], _ identity: LinkIdentity, _ node: NodeIdentity) -> Bool {
    let link = identity.link
    return switch key {
    case "MACAddress": Self.holds(words, hardware: link.hardwareAddress)
    case "PermanentMACAddress": Self.holds(words, hardware: link.permanentHardwareAddress)
    case "Path": Self.test(words, identity.properties["ID_PATH"])
    case "Driver": Self.test(words, identity.properties["ID_NET_DRIVER"])
    case "Type": Self.test(words, identity.type)
    case "Kind": Self.test(words, link.kind)
    case "Name": Self.testNames(words, link)
    case "SSID": Self.test(words, identity.ssid)
    case "Property": words.allSatisfy { Self.holds(property: $0, identity.properties) }
    case "Host": Self.test(words, node.host)
    case "KernelCommandLine": Self.holds(words) { node.commandLine?.contains($0) == true }
    case "Virtualization": Self.holds(words) { node.virtualization?.answers(to: $0) == true }
    case "KernelVersion": Self.test(words, node.kernelVersion)
    case "Architecture": Self.test(words, node.architecture)
    default: true
    }
  }

  /// Source: `net_condition_test_strv`. A pattern with `!` that matches decides; if all are of that sort, others match.
  private static func test(_ patterns: [String], _ text: String?) -> Bool {
    var isMatched = false
    var hasPositive = false
    for pattern in patterns {
      let isNegated = pattern.hasPrefix("!")
      if !isNegated { hasPositive = true }
      guard let text, Glob(shell: isNegated ? String(pattern.dropFirst()) : pattern).matches(text) else { continue }
      if isNegated { return false }
      isMatched = true
    }
    return hasPositive ? isMatched : true
  }

  /// The name, or one of the alternative names. Source: `net_condition_test_ifname`.
  private static func testNames(_ patterns: [String], _ link: Link) -> Bool {
    let areNegated = !patterns.isEmpty && patterns.allSatisfy { $0.hasPrefix("!") }
    let names = [link.name] + link.alternativeNames
    return areNegated ? names.allSatisfy { test(patterns, $0) } : names.contains { test(patterns, $0) }
  }

  /// A condition of one word, with `!` before it for the contrary. Source: `condition_new`, systemd.unit(5).
  private static func holds(_ words: [String], _ isSo: (String) -> Bool) -> Bool {
    let text = words.joined(separator: " ")
    return text.hasPrefix("!") ? !isSo(String(text.dropFirst())) : isSo(text)
  }

  private static func holds(_ words: [String], hardware address: [UInt8]) -> Bool {
    words.contains { word in
      let digits = word.lowercased().filter { $0.isHexDigit }
      return !address.isEmpty && digits == address.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  /// `KEY=PATTERN`, with `!` before it for a property that must not be so.
  private static func holds(property word: String, _ properties: [String: String]) -> Bool {
    let isNegated = word.hasPrefix("!")
    let pair = (isNegated ? word.dropFirst() : word[...]).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard pair.count == 2, let value = properties[String(pair[0])] else { return isNegated }
    return Glob(shell: String(pair[1])).matches(value) != isNegated
  }
}
