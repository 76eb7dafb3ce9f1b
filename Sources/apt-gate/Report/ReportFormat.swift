import ArgumentParser

/// How a report is written.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case html, csv, json, md, openvex

  /// The one that the end of a file's name means; nil if it means none.
  init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let ending = name[name.index(after: dot)...].lowercased()
    if name.hasSuffix(".openvex.json") || name.hasSuffix(".vex.json") {
      self = .openvex
    } else {
      self.init(rawValue: ending == "htm" ? "html" : ending == "markdown" ? "md" : ending)
    }
  }
}
