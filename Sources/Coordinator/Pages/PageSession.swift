internal import Crypto
internal import FleetStore
internal import FoundationEssentials
internal import GateModel
internal import HTTPTypes

/// Sessions of people in browsers: in the store, so that every coordinator knows them, and only as a digest.
///
/// A session ends with its time, with the token that it began with, or when its person signs out. What the person may do is
/// the token's to say, each time anew.
struct PageSessions: Sendable {
  /// A working day.
  static let lifetime = Duration.seconds(8 * 3600)
  private static let folder = "session/"
  /// How many that are over go at once.
  private static let swept = 50

  private struct Record: Codable {
    /// Of the token.
    var digest: String
  }

  let store: any FleetStore

  /// Begins one for the holder of a token that was found good; returns the cookie's value.
  func begin(token: String, at now: Timestamp) async throws -> String {
    try await sweep(at: now)
    let end = now.advanced(by: Self.lifetime)
    let cookie = "\(Self.sortable(end)).\(Hexadecimal.secret())"
    try await store.replace(Self.key(of: cookie, end), nil, with: Record(digest: TokenStore.digest(token)))
    return cookie
  }

  /// Whose session it is; nil if it is over or never was.
  func identity(of cookie: String, at now: Timestamp) async throws(FleetStoreError) -> Identity? {
    guard let end = Self.end(of: cookie), now < end,
      let record = try await store.record(Record.self, at: Self.key(of: cookie, end))?.value,
      let token = try await TokenStore(store).find(digest: record.digest), token.expires.map({ now < $0 }) ?? true
    else { return nil }
    return Identity(name: token.name, roles: Set(token.roles))
  }

  func end(_ cookie: String) async throws {
    guard let end = Self.end(of: cookie) else { return }
    _ = try await store.transact(StoreTransaction(writes: [.delete(key: Self.key(of: cookie, end))]))
  }

  /// What forms of the session carry, and no other site can know.
  static func formKey(of cookie: String) -> String {
    Hexadecimal.text(SHA256.hash(data: Data("apt-gate form\n\(cookie)".utf8)))
  }

  /// Keys are in the order of their ends, so that what is over comes first.
  private func sweep(at now: Timestamp) async throws {
    let page = try await store.range(Self.folder, after: nil, limit: Self.swept)
    let bound = Self.folder + Self.sortable(now)
    let over = page.entries.map(\.key).filter { $0 < bound }
    guard !over.isEmpty else { return }
    _ = try await store.transact(StoreTransaction(writes: over.map { .delete(key: $0) }))
  }

  private static func key(of cookie: String, _ end: Timestamp) -> String {
    "\(folder)\(sortable(end))/\(Hexadecimal.text(SHA256.hash(data: Data(cookie.utf8))))"
  }

  private static func sortable(_ moment: Timestamp) -> String {
    let digits = String(max(0, moment.secondsSinceEpoch))
    return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  /// `END.SECRET`; the end is no secret and cannot be changed, because it is part of what is looked up.
  private static func end(of cookie: String) -> Timestamp? {
    let parts = cookie.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 12, parts[1].utf8.count == 64, let seconds = Int64(parts[0]) else {
      return nil
    }
    return Timestamp(secondsSinceEpoch: seconds)
  }
}

/// The cookie that a session is known by (RFC 6265bis, section 4.1).
struct SessionCookie: Sendable {
  /// `__Host-` binds it to this host alone; browsers take it over TLS only.
  let name: String

  init(isOverTLS: Bool) { name = isOverTLS ? "__Host-apt-gate" : "apt-gate-session" }

  func value(in headers: HTTPFields) -> String? {
    for header in headers[values: .cookie] {
      for part in header.split(separator: ";") {
        let pair = part.trimmingPrefix(while: { $0 == " " }).split(separator: "=", maxSplits: 1)
        if pair.count == 2, pair[0] == name { return String(pair[1]) }
      }
    }
    return nil
  }

  func header(_ value: String, lasting lifetime: Duration) -> String {
    "\(name)=\(value); Path=/; Max-Age=\(lifetime.components.seconds); HttpOnly; Secure; SameSite=Strict"
  }

  var removal: String { "\(name)=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict" }
}
