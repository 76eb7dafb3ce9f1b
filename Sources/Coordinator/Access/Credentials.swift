internal import FoundationEssentials

/// What a request shows to prove who asks, before anybody has looked whether it does.
enum Credentials: Hashable {
  case none
  /// The text of a bearer token.
  case token(String)
  /// A header that is none of the kinds taken here.
  case unreadable

  /// Reads an `Authorization` header. Bearer: RFC 6750, section 2.1. Basic: RFC 7617; the password is the token, for
  /// clients such as Zincati that can only put credentials into a URL.
  init(authorization header: String?) {
    guard let header else {
      self = .none
      return
    }
    let words = header.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else {
      self = .unreadable
      return
    }
    switch words[0].lowercased() {
    case "bearer": self = .token(words[1].trimmingPrefix(while: { $0 == " " }).description)
    case "basic":
      let pair = Data(base64Encoded: String(words[1])).map { String(decoding: $0, as: UTF8.self) }
      let parts = pair?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      self = parts?.count == 2 ? .token(String(parts?.last ?? "")) : .unreadable
    default: self = .unreadable
    }
  }
}
