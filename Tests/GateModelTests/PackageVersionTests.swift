import GateModel
import Testing

@Suite struct PackageVersionTests {
  @Test(arguments: [
    ("1.0", "1.0", VersionOrder.same), ("1.0", "1.0-0", .same), ("1.0~rc1", "1.0", .earlier),
    ("1:0.1", "9", .later), ("252.38-1~deb12u1", "252.39-1~deb12u2", .earlier), ("1.0+b1", "1.0", .later),
    ("1.10", "1.9", .later), ("1.0a", "1.0.", .earlier), ("00001", "1", .same), ("1.0-1", "1.0-1.1", .earlier),
  ])
  func ordersLikeDpkg(left: String, right: String, expected: VersionOrder) {
    #expect(PackageVersion(left).order(relativeTo: PackageVersion(right)) == expected)
  }
}
