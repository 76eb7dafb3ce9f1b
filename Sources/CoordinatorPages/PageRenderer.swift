internal import AuditReport
internal import Mustache

/// Makes pages of templates, all of which were read when it was made.
public struct PageRenderer: Sendable {
  private let library: MustacheLibrary

  /// Throws if a template cannot be read, which tests find.
  public init() throws {
    MustacheContentTypes.register(PageContent(), named: PageContent.name)
    var library = MustacheLibrary()
    for (name, text) in Templates.all {
      // Every template names the content type itself: a partial begins with Mustache's own.
      try library.register("{{% CONTENT_TYPE:\(PageContent.name)}}\n" + text, named: name)
    }
    self.library = library
  }

  /// The whole page as UTF-8.
  public func render(_ page: some Page, in frame: PageFrame) -> [UInt8] {
    var fields = page.fields(in: frame)
    fields["csrf"] = frame.formKey
    let main = library.render(fields, withTemplate: page.template) ?? ""
    let whole = library.render(frame.fields(of: page, main: main), withTemplate: "layout") ?? ""
    return Array(whole.utf8)
  }
}

/// How text becomes markup in every template: as in reports, in one place. Mustache's own way looks at characters, and lets
/// a `<` with a combining mark through.
private struct PageContent: MustacheContentType {
  static let name = "APT_GATE"

  func escapeText(_ text: String) -> String { HTML.escaped(text) }
}
