import Testing

extension PageChecks {
  /// Everybody can use the page that `tab` shows, however they look at it: axe and our own checks find nothing. Pictures are
  /// kept, `NAME-LOOK.png`.
  static func expectAccess(to name: String, in tab: BrowserTab, _ axe: String) async throws {
    #expect(try await hiddenFocus(in: tab) == [], "\(name)")
    // What is folded away is part of the page.
    let _: Int = try await tab.value(
      of: "[...document.querySelectorAll('details')].map(e => e.open = true).length")
    try await AxeCore.enter(tab, axe)
    for look in PageLook.allCases {
      try await tab.show(on: look)
      #expect(try await AxeCore.findings(in: tab) == [], "\(name), \(look)")
      #expect(try await findings(in: tab) == [], "\(name), \(look)")
      let picture = try await tab.picture()
      #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 5000, "\(name), \(look)")
      try Screenshots.keep(["\(name)-\(look).png": picture])
    }
    try await tab.show(on: .desk)
  }
}
