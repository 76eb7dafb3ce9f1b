internal import AuditReport

/// A file that pages refer to. Its name has a digest of its contents, so that browsers may keep it for ever.
public struct PageAsset: Sendable {
  public var path: String
  public var text: String
  public var contentType: String

  private init(_ name: String, _ ending: String, _ text: String, _ contentType: String) {
    self.text = text
    self.contentType = contentType
    path = "/assets/\(name)-\(Self.digest(text)).\(ending)"
  }

  public static let style = PageAsset("pages", "css", StyleSheet.text, "text/css; charset=utf-8")
  public static let script = PageAsset("pages", "js", PageScript.text, "text/javascript; charset=utf-8")
  public static let icon = PageAsset("icon", "svg", PageIcon.text, "image/svg+xml")
  public static let all = [style, script, icon]

  /// FNV-1a: it tells versions apart and protects nothing.
  private static func digest(_ text: String) -> String {
    let hash = text.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    return String(hash, radix: 16)
  }
}

enum PageIcon {
  /// A gate with one way through.
  static let text = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57a4"/>
    <path d="M7 25V13a9 9 0 0 1 18 0v12M7 18h6m6 0h6" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>
    </svg>
    """
}
