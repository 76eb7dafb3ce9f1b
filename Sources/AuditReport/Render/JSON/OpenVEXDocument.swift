internal import GateModel
internal import LedgerLog

/// What is held although it fixes something, as a scanner can read it. Source: OpenVEX 0.2.0.
///
/// The installed packages are `affected`: the fix is known and stays out. The action statement says which rule holds it,
/// why, since when and until what. Nothing is ever called `not_affected`: that is not a gate's to say.
struct OpenVEXDocument {
  let report: NodeReport
  /// apt-gate's own version.
  let program: String

  /// nil if there is no statement to make; a document must have one.
  var json: JSONValue? {
    let statements = report.held.flatMap(statements)
    guard !statements.isEmpty else { return nil }
    let made = report.period.made.description
    return [
      "@context": "https://openvex.dev/ns/v0.2.0", "@id": .string(id),
      "author": .string("apt-gate on \(report.node ?? "unknown node")"), "role": "node's update gate",
      "timestamp": .string(made), "version": 1, "tooling": .string("apt-gate \(program)"),
      "statements": .array(statements),
    ]
  }

  /// A UUID of version 8 (RFC 9562) from the ledger's root and the time: the same report has the same.
  private var id: String {
    let root = Array(report.verification?.verification.root?.bytes.prefix(16) ?? [])
    var bytes = root + Array(repeating: 0, count: 16 - root.count)
    for place in 0..<8 {
      bytes[15 - place] ^= UInt8(truncatingIfNeeded: report.period.made.secondsSinceEpoch >> (8 * Int64(place)))
    }
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    var groups: [Substring] = []
    var rest = digits[...]
    for length in [8, 4, 4, 4, 12] {
      groups.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return "urn:uuid:" + groups.joined(separator: "-")
  }

  private func statements(_ update: HeldUpdate) -> [JSONValue] {
    let products = update.packages.compactMap { package -> JSONValue? in
      guard let from = package.from else { return nil }
      let name = PackageURL(vendor: Self.vendor(update.origins), name: package.name, version: from)
      let url = name.text(architecture: package.architecture)
      return ["@id": .string(url), "identifiers": ["purl": .string(url)]]
    }
    guard !products.isEmpty else { return [] }
    return (update.changelog?.cves ?? []).map { cve in
      [
        "vulnerability": ["name": .string(cve)], "timestamp": .string(report.period.made.description),
        "products": .array(products), "status": "affected",
        "status_notes": "the changelog of the version that is held names it as fixed",
        "action_statement": .string(Self.action(update)),
        "action_statement_timestamp": .string(update.since.description),
      ]
    }
  }

  private static func action(_ update: HeldUpdate) -> String {
    let parts = [
      "the update of \(update.source) to \(update.to ?? "") that fixes it is deferred by policy"
        + (update.rules.isEmpty ? "" : " (\(update.rules.joined(separator: ", ")))") + " since \(update.since)",
      update.message, update.heldBy.isEmpty ? nil : "held by \(update.heldBy.joined(separator: ", "))",
      update.clearsWhen.map { "cleared by: \($0)" },
      update.approvedBy.isEmpty ? nil : "approved so far by \(update.approvedBy.joined(separator: ", "))",
    ]
    return DisplayText.line(parts.compactMap(\.self).joined(separator: "; "))
  }

  /// Whose package it is, by the label of its archive; nil where that is not plain.
  private static func vendor(_ origins: [String]) -> String? {
    ["debian", "ubuntu"].first { vendor in origins.contains { $0.lowercased().hasPrefix(vendor) } }
  }
}

/// A package's name for scanners. Source: the purl specification, types `deb` and `generic`.
struct PackageURL {
  var vendor: String?
  var name: String
  var version: String

  func text(architecture: String) -> String {
    let type = vendor.map { "deb/\($0)" } ?? "generic"
    return "pkg:\(type)/\(Self.encoded(name))@\(Self.encoded(version))?arch=\(Self.encoded(architecture))"
  }

  /// Letters, digits, `.`, `-`, `_`, `~` and `:` stay; every other byte is percent-encoded.
  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || ".-_~:".utf8.contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
