import Foundation

/// axe-core, the engine of accessibility checks that browsers' own tools use, as a package of the Python Package Index
/// ships it: the file alone, which a page is given by the inspector.
enum AxeCore {
  private static let package = "axe-playwright-python==0.1.8"
  private static let file = "axe_playwright_python/axe.min.js"

  /// Its text, fetched once.
  static func source() async throws -> String {
    let kept = LabFolder.cache.appending(path: "axe-0.1.8")
    if let text = try? String(contentsOf: kept.appending(path: file), encoding: .utf8) { return text }
    let folder = try ScratchFolder()
    let python = "\(folder.path)/python"
    _ = try await LabCommand("timeout", "120", "python3", "-m", "venv", python).output()
    _ = try await LabCommand(
      "timeout", "120", "\(python)/bin/pip", "-q", "install", "--no-deps", "--target", "\(folder.path)/axe", package
    ).output()
    let text = try String(contentsOfFile: "\(folder.path)/axe/\(file)", encoding: .utf8)
    let place = kept.appending(path: file)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: place, atomically: true, encoding: .utf8)
    return text
  }

  /// Which rules: WCAG 2.2 to level AA, and what axe calls best practice.
  private static let tags =
    #"["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]"#

  /// Gives it to the page that `tab` shows.
  static func enter(_ tab: BrowserTab, _ source: String) async throws {
    let _: Bool = try await tab.value(of: source + "\n;true")
  }

  /// What is wrong with that page, whatever its impact.
  static func findings(in tab: BrowserTab) async throws -> [String] {
    try await tab.value(
      of: """
        axe.run(document, {runOnly: {type: "tag", values: \(tags)}, resultTypes: ["violations"]})
          .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
            `${rule.id} (${rule.impact}): ${node.target.join(" ")}: ${node.failureSummary}`)))
        """)
  }
}
