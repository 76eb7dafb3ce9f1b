import Foundation

extension TestNamespace {
  /// A link, as `ip -details -json link` prints it.
  private struct Link: Decodable {
    var ifname: String
    var flags: [String]
    var inet6AddrGenMode: String?

    /// Whether the kernel gives it a link-local address.
    var getsAddress: Bool { flags.contains("LOWER_UP") && !flags.contains("LOOPBACK") && inet6AddrGenMode != "none" }
  }

  /// A link's addresses, as `ip -json addr` prints them.
  private struct Addresses: Decodable {
    struct Address: Decodable {
      var family: String
      var scope: String
      var tentative: Bool?
    }

    var ifname: String
    var addrInfo: [Address]

    var isLinkLocal: Bool { addrInfo.contains { $0.family == "inet6" && $0.scope == "link" } }
  }

  /// Waits until no address is tentative and every link that is up has its link-local one, ten seconds at most.
  func settle() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    for _ in 0..<100 {
      let links = try decoder.decode([Link].self, from: ip("-details", "-json", "link"))
      let addresses = try decoder.decode([Addresses].self, from: ip("-json", "addr"))
      let served = Set(addresses.filter(\.isLinkLocal).map(\.ifname))
      let isTentative = addresses.contains { $0.addrInfo.contains { $0.tentative == true } }
      if !isTentative, links.allSatisfy({ !$0.getsAddress || served.contains($0.ifname) }) { return }
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw CommandFailure(text: "the namespace does not settle: \(String(decoding: try ip("addr"), as: UTF8.self))")
  }
}
