import Testing

@testable import apt_gate

@Suite struct OSReleaseTests {
  @Test func readsQuotedAndBareFields() {
    let release = OSRelease(text: "# comment\nID=debian\nVERSION_ID=\"12\"\nNAME='Debian GNU/Linux'\nnonsense\n")
    #expect(release["ID"] == "debian")
    #expect(release["VERSION_ID"] == "12")
    #expect(release["NAME"] == "Debian GNU/Linux")
    #expect(release["nonsense"] == nil)
  }
}
