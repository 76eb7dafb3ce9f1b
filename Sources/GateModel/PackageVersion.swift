/// The version of a Debian package: `[epoch:]upstream[-revision]`.
///
/// Two versions are *equal* as values when their texts are; their *order* is dpkg's, in which for
/// example `1.0` and `1.0-0` are the same. Use ``order(relativeTo:)`` to ask about the order.
///
/// Source: Debian Policy, section 5.6.12, and `deb-version(7)`.
public struct PackageVersion: Hashable, Sendable, CustomStringConvertible {
  /// The version as it was written.
  public let text: String

  public init(_ text: String) {
    self.text = text
  }

  public var description: String { text }
}

/// How one version stands to another.
public enum VersionOrder: Sendable, Hashable {
  case earlier, same, later
}

extension PackageVersion {
  /// Where this version stands relative to `other`, by dpkg's rules.
  public func order(relativeTo other: PackageVersion) -> VersionOrder {
    let left = VersionParts(text)
    let right = VersionParts(other.text)
    if left.epoch != right.epoch { return left.epoch < right.epoch ? .earlier : .later }
    let upstream = compareFragments(left.upstream, right.upstream)
    return upstream == .same ? compareFragments(left.revision, right.revision) : upstream
  }

  public func isEarlier(than other: PackageVersion) -> Bool { order(relativeTo: other) == .earlier }
  public func isLater(than other: PackageVersion) -> Bool { order(relativeTo: other) == .later }
}

/// A version taken apart at its first colon and its last hyphen.
private struct VersionParts {
  var epoch: UInt64 = 0
  var upstream: Substring.UTF8View
  var revision: Substring.UTF8View

  init(_ text: String) {
    var rest = text[...].utf8
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), let value = UInt64(String(text[..<colon])) {
      epoch = value
      rest = rest[rest.index(after: colon)...]
    }
    if let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) {
      upstream = rest[..<hyphen]
      revision = rest[rest.index(after: hyphen)...]
    } else {
      upstream = rest
      revision = ""[...].utf8
    }
  }
}

/// Compares one fragment (an upstream version or a revision): runs of non-digits and of digits in turn.
private func compareFragments(_ left: Substring.UTF8View, _ right: Substring.UTF8View) -> VersionOrder {
  var a = left.makeIterator()
  var b = right.makeIterator()
  var x = a.next()
  var y = b.next()
  while x != nil || y != nil {
    while isNonDigit(x) || isNonDigit(y) {
      let first = weight(x)
      let second = weight(y)
      if first != second { return first < second ? .earlier : .later }
      x = a.next()
      y = b.next()
    }
    while x == UInt8(ascii: "0") { x = a.next() }
    while y == UInt8(ascii: "0") { y = b.next() }
    var firstDifference = VersionOrder.same
    while let p = x, let q = y, isDigit(p), isDigit(q) {
      if firstDifference == .same, p != q { firstDifference = p < q ? .earlier : .later }
      x = a.next()
      y = b.next()
    }
    if isDigit(x) { return .later }
    if isDigit(y) { return .earlier }
    if firstDifference != .same { return firstDifference }
  }
  return .same
}

private func isDigit(_ byte: UInt8?) -> Bool {
  guard let byte else { return false }
  return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

private func isNonDigit(_ byte: UInt8?) -> Bool { byte != nil && !isDigit(byte) }

/// dpkg's order of characters: tilde, then the end of the text and digits, then letters, then the rest.
private func weight(_ byte: UInt8?) -> Int {
  guard let byte, !isDigit(byte) else { return 0 }
  if byte == UInt8(ascii: "~") { return -1 }
  let isLetter = (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  return isLetter ? Int(byte) : Int(byte) + 256
}
