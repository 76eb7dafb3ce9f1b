import TestSupport
import NetworkState
import Testing

@Suite struct IPAddressTests {
  @Test(arguments: [
    "0.0.0.0", "198.18.0.1", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:2:3:4", "1:2:3:4:5:6:7:8",
    "2001:db8:0:1:1:1:1:1", "2001:0:0:1::1", "::ffff:1.2.3.4", "::1.2.3.4", "ff00::",
  ])
  func writesAsItReads(text: String) {
    #expect(IPAddress(text)?.description == text)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "+1.2.3.4", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
    "12345::", "g::", "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7::8", "-1::",
  ])
  func refusesWhatIsNoAddress(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func bytesAndTextRoundTrip() {
    var seed = Seed("addresses")
    for _ in 0..<2000 {
      var bytes = seed.bytes(seed.below(2) == 0 ? 4 : 16)
      for _ in 0..<seed.below(16) { bytes[seed.below(bytes.count)] = 0 }
      let address = bytes.withUnsafeBytes { IPAddress($0) }
      #expect(address?.bytes == bytes)
      #expect(address.flatMap { IPAddress($0.description) } == address)
    }
  }

  @Test func prefixes() throws {
    let wide = try #require(IPPrefix("198.18.0.0/15"))
    #expect(wide.contains(try #require(IPPrefix("198.19.255.0/24"))))
    #expect(!wide.contains(try #require(IPPrefix("198.20.0.0/24"))))
    #expect(IPPrefix("1.2.3.4/33") == nil)
    #expect(try #require(IPAddress("2001:db8:ffff::1")).masked(to: 36) == IPAddress("2001:db8:f000::"))
    #expect(try #require(IPAddress("10.1.2.3")).masked(to: 0) == IPAddress("0.0.0.0"))
    #expect(try #require(IPAddress("10.1.2.3")).masked(to: 32) == IPAddress("10.1.2.3"))
  }
}
