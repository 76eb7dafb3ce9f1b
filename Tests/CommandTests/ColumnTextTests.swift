import Testing

@testable import apt_gate

@Suite struct ColumnTextTests {
  @Test(arguments: [("abc", 3), ("", 0), ("ä", 1), ("e\u{301}", 1), ("漢字", 4), ("…", 1)])
  func columns(text: String, columns: Int) {
    #expect(ColumnText.columns(of: text) == columns)
  }

  @Test(arguments: [
    ("252.38-1~deb12u1", 16, "252.38-1~deb12u1"), ("252.38-1~deb12u1", 9, "252.…12u1"), ("abc", 1, "…"), ("abc", 0, ""),
    ("漢字漢字", 5, "漢…字"),
  ])
  func whatIsCutShowsIt(text: String, columns: Int, fitted: String) {
    #expect(ColumnText.fitted(text, to: columns) == fitted)
  }

  @Test(arguments: 1...30)
  func wrappingLosesNothingAndKeepsTheWidth(columns: Int) {
    let text = "restarts systemd-networkd.service, 漢字, systemd-journald.service; needs a reboot"
    let lines = ColumnText.wrapped(text, to: columns)
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    for line in lines where line.unicodeScalars.count > 1 { #expect(ColumnText.columns(of: line) <= columns) }
  }
}
