/// What was taken from a data.tar as bytes, so that it need not be decompressed again: see docs/decisions/0017.
extension DataArchive {
  /// Begins an extract. The number goes up when the rest is written otherwise.
  private static let mark = Array("apt-gate: extract of a data.tar, 1\n".utf8)

  /// All that the analysis has of the data.tar.
  var extract: [UInt8] {
    var writer = ExtractWriter()
    writer.put(Self.mark)
    writer.put(files) { file, writer in
      writer.put(file.path)
      writer.put([file.linkTarget].compactMap(\.self)) { $1.put($0) }
    }
    writer.put(digests.sorted { $0.key < $1.key }) { digest, writer in
      writer.put(digest.key)
      writer.put(digest.value)
    }
    writer.put(texts.sorted { $0.key < $1.key }) { text, writer in
      writer.put(text.key)
      writer.put(text.value)
    }
    writer.put(notes) { $1.put($0) }
    writer.put([changelog].compactMap(\.self)) { $1.put($0) }
    return writer.bytes
  }

  /// nil unless `extract` is one, in whole.
  init?(extract: [UInt8]) {
    var reader = ExtractReader(extract)
    guard reader.data() == Self.mark,
      let files = reader.list({ reader in
        reader.text().flatMap { path in
          reader.list { $0.text() }.map { PackagedFile(path: path, linkTarget: $0.first) }
        }
      }),
      let digests = reader.list({ reader in reader.text().flatMap { path in reader.text().map { (path, $0) } } }),
      let texts = reader.list({ reader in reader.text().flatMap { path in reader.data().map { (path, $0) } } }),
      let notes = reader.list({ $0.text() }), let changelog = reader.list({ $0.data() }), reader.isAtEnd
    else { return nil }
    self.init(
      files: files, digests: Dictionary(digests) { first, _ in first },
      texts: Dictionary(texts) { first, _ in first }, notes: notes, changelog: changelog.first)
  }
}
