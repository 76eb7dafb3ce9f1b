internal import CoordinatorAPI
internal import HTTPTypes

/// What a form sent: `application/x-www-form-urlencoded` (the URL standard, section 5).
struct FormBody {
  private let values: [String: String]

  /// Of a name that comes twice the first counts.
  init(_ bytes: [UInt8]) throws(APIProblem) {
    var values: [String: String] = [:]
    for pair in String(decoding: bytes, as: UTF8.self).split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { PercentEncoding.decode($0.replacing("+", with: " ")) }
      guard let name = parts[0], let value = parts.count == 2 ? parts[1] : "" else {
        throw APIProblem(.invalidRequest, "the form is not well encoded")
      }
      if values[name] == nil { values[name] = value }
    }
    self.values = values
  }

  subscript(name: String) -> String { values[name] ?? "" }
}

/// Whether a browser sent a request for a page of this coordinator, as far as it says. Source: the Fetch Metadata
/// specification, section 2.4; RFC 6454, section 7.
enum RequestOrigin {
  /// Whether another site had it sent.
  static func isForeign(_ headers: HTTPFields, authority: String?) -> Bool {
    if let name = HTTPField.Name("Sec-Fetch-Site"), let site = headers[name] {
      return site != "same-origin" && site != "none"
    }
    guard let origin = headers[.origin], let authority else { return false }
    return !origin.hasSuffix("://\(authority)")
  }
}
