/// The names that numbers have on this node: those built into iproute2 and those of its files.
public struct NumberNames: Sendable, Hashable {
  public var tables: [UInt32: String] = [0: "unspec", 253: "default", 254: "main", 255: "local"]
  /// `RTPROT_...`, linux/rtnetlink.h.
  public var protocols: [UInt32: String] = [
    0: "unspec", 1: "redirect", 2: "kernel", 3: "boot", 4: "static", 8: "gated", 9: "ra", 10: "mrt", 11: "zebra",
    12: "bird", 13: "dnrouted", 14: "xorp", 15: "ntk", 16: "dhcp", 18: "keepalived", 42: "babel", 99: "openr",
    186: "bgp", 187: "isis", 188: "ospf", 189: "rip", 192: "eigrp",
  ]
  public var scopes: [UInt32: String] = [0: "global", 200: "site", 253: "link", 254: "host", 255: "nowhere"]
  public var groups: [UInt32: String] = [0: "default"]
  public var services: [UInt32: String] = [:]

  public init() {}

  public func table(_ number: UInt32) -> String { tables[number] ?? String(number) }
  public func `protocol`(_ number: RouteProtocol) -> String {
    protocols[UInt32(number.rawValue)] ?? String(number.rawValue)
  }
  public func scope(_ number: UInt8) -> String { scopes[UInt32(number)] ?? String(number) }
  public func group(_ number: UInt32) -> String { groups[number] ?? String(number) }
  public func service(_ number: UInt8) -> String {
    services[UInt32(number)] ?? "0x" + (number < 16 ? "0" : "") + String(number, radix: 16)
  }

  /// The lines `NUMBER NAME` of a file such as `rt_tables`; numbers may be hexadecimal. Other lines say nothing.
  public static func parse(_ text: String) -> [UInt32: String] {
    var names: [UInt32: String] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard words.count >= 2, !words[0].hasPrefix("#"), let number = number(words[0]) else { continue }
      names[number] = String(words[1])
    }
    return names
  }

  private static func number(_ word: Substring) -> UInt32? {
    word.hasPrefix("0x") ? UInt32(word.dropFirst(2), radix: 16) : UInt32(word)
  }
}
