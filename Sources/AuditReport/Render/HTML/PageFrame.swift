internal import GateModel

/// A report as one page: no script, nothing from elsewhere, fit for print, a phone, light and dark.
struct PageFrame {
  struct Section {
    var id: String
    var title: String
    var body: HTML
  }

  let title: String
  let heading: String
  /// What stands beside the heading.
  let subject: String?
  let about: [ReportFact]
  let sections: [Section]
  let footer: String

  /// Nothing may be loaded or run, even if something slipped through the escaping.
  private static let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  var html: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title)</title>
    <style>
    \(PageStyle.sheet)</style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the report</a>
    \(header)
    \(contents)
    <main id="main">
    \(sections.map(section))
    </main>
    <footer><p>\(footer) Times are in UTC.</p></footer>
    </body>
    </html>

    """
  }

  private var header: HTML {
    let beside: HTML = subject.map { " <span class=\"node\">\($0)</span>" } ?? ""
    return """
      <header>
      <h1>\(heading)\(beside)</h1>
      <dl class="about">\(about.map(Self.fact))</dl>
      </header>
      """
  }

  static func fact(_ fact: ReportFact) -> HTML {
    "<div><dt>\(fact.label)</dt><dd>\(TableMarkup.cell(fact.cell))</dd></div>"
  }

  private var contents: HTML {
    let links = sections.map { section -> HTML in "<li><a href=\"#\(section.id)\">\(section.title)</a></li>" }
    return "<nav aria-label=\"Contents\"><ul>\(links)</ul></nav>"
  }

  private func section(_ section: Section) -> HTML {
    """
    <section aria-labelledby="\(section.id)">
    <h2 id="\(section.id)">\(section.title)</h2>
    \(section.body)
    </section>

    """
  }
}
