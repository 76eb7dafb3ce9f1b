/// Why the bytes of a .deb could not be read as a package.
public struct ArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of thing is wrong.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The bytes are no .deb of format 2.
    case notADebianArchive = "not-a-debian-archive"
    /// The bytes end too early.
    case truncated
    /// A header, a field or a compressed stream breaks the rules of its format.
    case malformed
    /// A format or feature that dpkg does not use, or that is not built in.
    case unsupported
    /// A member, entry or field stands there twice.
    case duplicate
    /// A member is missing or in the wrong place.
    case missingMember = "missing-member"
    /// A path that leaves the root or cannot be a path.
    case unsafePath = "unsafe-path"
    /// A size, count or expansion beyond the limits of ``ArchiveLimits``.
    case tooLarge = "too-large"
  }

  public var code: Code
  /// What is wrong, in one line; text from the archive stands in backticks and may hold any character.
  public var message: String
  /// The member whose uncompressed bytes `offset` counts; nil if it counts the bytes of the .deb.
  public var member: String?
  /// How many bytes had been read when it was found.
  public var offset: UInt64

  public init(code: Code, message: String, member: String? = nil, offset: UInt64) {
    self.code = code
    self.message = message
    self.member = member
    self.offset = offset
  }

  public var description: String { "\(message) (at byte \(offset) of \(member ?? "the .deb"))" }
}
