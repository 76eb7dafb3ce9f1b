public import GateModel

/// The fields of a package's `control` file.
///
/// Source: `deb822(5)`, `deb-control(5)`; names of packages and versions: Debian Policy, 5.6.1, 5.6.7 and 5.6.12, as
/// leniently as dpkg reads them.
public struct ControlFields: Sendable {
  public var package: String
  public var version: PackageVersion
  public var architecture: String
  /// The source package's name; the package's own if the field is absent.
  public var source: String
  /// What was repaired while reading, in one line each.
  public var notes: [String] = []

  /// - Throws: ``ArchiveError`` if a field that dpkg needs is missing, is there twice or has a forbidden character.
  public init(control bytes: [UInt8]) throws {
    guard !bytes.contains(0) else { throw Self.error(.malformed, "the control file has a NUL in it") }
    let text = String(decoding: bytes, as: UTF8.self)
    if !text.utf8.elementsEqual(bytes) { notes.append("the control file is no valid UTF-8; it was repaired") }
    let fields = try Self.fields(text)
    package = try Self.required("package", in: fields, where: Self.isPackageName)
    version = PackageVersion(try Self.required("version", in: fields, where: Self.isVersion))
    architecture = try Self.required("architecture", in: fields, where: Self.isArchitecture)
    source = package
    guard let value = fields["source"] else { return }
    // `Source: NAME (VERSION)` where the source's version differs.
    let name = value.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
    guard Self.isPackageName(name) else { throw Self.error(.malformed, "the field Source has the value `\(value)`") }
    source = name
  }

  private static func error(_ code: ArchiveError.Code, _ message: String) -> ArchiveError {
    ArchiveError(code: code, message: message, member: "control", offset: 0)
  }

  /// First lines of the fields by lower-case name.
  private static func fields(_ text: String) throws -> [String: String] {
    var fields: [String: String] = [:]
    for bytes in text.utf8.split(separator: 0x0A) {
      let line = String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
      if line.isEmpty || line.first == " " || line.first == "\t" || line.first == "#" { continue }
      guard let colon = line.firstIndex(of: ":") else {
        throw error(.malformed, "the control file has the line `\(line.prefix(200))`, which is no field")
      }
      let name = line[..<colon].lowercased()
      let value = line[line.index(after: colon)...].trimming { $0 == " " || $0 == "\t" }
      guard fields.updateValue(value, forKey: name) == nil else {
        throw error(.duplicate, "the control file has the field `\(name)` twice")
      }
    }
    return fields
  }

  private static func required(
    _ name: String, in fields: [String: String], where isValid: (String) -> Bool
  ) throws -> String {
    guard let value = fields[name] else { throw error(.malformed, "the control file has no field `\(name)`") }
    guard isValid(value) else { throw error(.malformed, "the field `\(name)` has the value `\(value.prefix(200))`") }
    return value
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A)
  }

  static func isPackageName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 200 else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || "-+._".utf8.contains($0) }
  }

  private static func isVersion(_ text: String) -> Bool {
    guard let first = text.utf8.first, first >= 0x30, first <= 0x39, text.utf8.count <= 200 else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || "-+.~:".utf8.contains($0) }
  }

  private static func isArchitecture(_ text: String) -> Bool {
    guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }
}
