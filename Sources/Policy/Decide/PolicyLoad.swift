public import Documents

/// What reading policy files gave.
public struct PolicyLoad: Sendable {
  /// The policies, as far as they could be read. If there are errors the set knows it (``PolicySet/brokenBy``)
  /// and gives nothing it gates or has rules for a way through; everything else passes.
  public var set: PolicySet
  /// Everything that is wrong in all files, sorted by file and place.
  public var diagnostics: [Diagnostic]

  public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  /// The set if all of it could be read, or every error.
  public var result: Result<PolicySet, PolicyLoadError> {
    errors.isEmpty ? .success(set) : .failure(PolicyLoadError(diagnostics: errors))
  }
}

/// Policies could not be read.
public struct PolicyLoadError: Error, Sendable {
  /// Never empty.
  public var diagnostics: [Diagnostic]
}

extension PolicySet {
  /// Reads policies from the texts of their files. Never fails half-way: all errors of all files are in the result.
  /// `context` is what they are checked against.
  public static func load(_ sources: [DocumentSource], context: PolicyContext = PolicyContext()) -> PolicyLoad {
    let files = sources.map { source -> LoadedFile in
      let collector = PolicyReader(source: source, context: context)
      let root = YamlComposer.compose(collector)
      return LoadedFile(collector: collector, root: root, document: root.flatMap(collector.document))
    }
    refuseDuplicates(in: files)
    checkTogether(files)
    let diagnostics = files.flatMap(\.collector.diagnostics).sorted(by: Diagnostic.inPlaceOrder)
    let set = PolicySet(
      documents: files.compactMap(\.document), canonicalBytes: canonicalBytes(of: files),
      brokenBy: diagnostics.first { $0.severity == .error })
    return PolicyLoad(set: set, diagnostics: diagnostics)
  }

  /// As ``load(_:)``, for pairs of a file's path and its text.
  public static func load(files: [(path: String, text: String)]) -> PolicyLoad {
    load(files.map { DocumentSource(name: $0.path, text: $0.text) })
  }

  struct LoadedFile {
    var collector: PolicyReader
    var root: YamlNode?
    var document: PolicyDocument?
  }

  private static func refuseDuplicates(in files: [LoadedFile]) {
    var names: [String: String] = [:]
    var ids: [String: (file: String, line: Int)] = [:]
    for file in files {
      guard let document = file.document else { continue }
      if !document.name.isEmpty, let other = names.updateValue(document.file, forKey: document.name) {
        file.collector.error(
          .duplicateName, at: .start, "policy `\(document.name)` is already in \(other)",
          suggestion: "give each policy a name of its own")
      }
      let named =
        document.rules.map { ($0.id, $0.position, "rule") }
        + document.escalations.map { ($0.id, $0.position, "escalation") }
      for (id, position, what) in named {
        if let other = ids[id] {
          file.collector.error(
            .duplicateName, at: position, "\(what) `\(id)` is already in \(other.file), line \(other.line)",
            suggestion: "give each \(what) an id of its own")
        } else {
          ids[id] = (document.file, position.line)
        }
      }
    }
  }
}
