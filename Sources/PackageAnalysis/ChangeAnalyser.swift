public import GateModel

/// Works out what a change would do to the node.
///
/// Scripts are interpreted in the order in which dpkg runs them; files and names add what they have as effects by
/// themselves; triggers are followed into other packages' postinsts. Whatever cannot be read or resolved becomes an
/// `unknown` effect, never silence, and no error leaves it.
///
/// It remembers what triggered postinsts of installed packages do, so use one for all changes of a node: many changes
/// trigger the same few packages. It is not for use by several threads at once.
public final class ChangeAnalyser {
  let source: any PackageContentsSource
  let files: any NodeFiles
  /// What one call of a script would do: the shell interpreter, but in tests of the order of scripts.
  let interpret: (ScriptInvocation) -> ScriptReport
  private var libraries: LibraryRestarts?
  var triggeredReports: [TriggeredScript: ScriptReport] = [:]
  var installedPackages: [PackageKey: Installed] = [:]
  private var knownInterests: TriggerIndex?

  /// - Parameter libraries: what restarts because it maps a file of a package; nil where nothing runs.
  public convenience init(
    source: any PackageContentsSource, files: any NodeFiles, libraries: LibraryRestarts? = nil
  ) {
    self.init(source: source, files: files, interpret: ScriptInterpreter(files: files).report)
    self.libraries = libraries
  }

  init(
    source: any PackageContentsSource, files: any NodeFiles, interpret: @escaping (ScriptInvocation) -> ScriptReport
  ) {
    self.source = source
    self.files = files
    self.interpret = interpret
  }

  /// What `change` would do. Candidates that are not at hand are stood in for by the installed version.
  ///
  /// - Parameter withLibraries: whether what runs on the node is looked at for libraries that it maps.
  public func analyse(_ change: Change, withLibraries: Bool = true) -> ChangeReport {
    let inputs = change.binaries.map(inputs(for:))
    var report = analyse(inputs, withLibraries: withLibraries)
    report.changelog = Self.changelog(of: change, inputs)
    return report
  }

  /// What installing `package` would do on this node, coming from the version `from`, or as a new package.
  ///
  /// The scripts of the installed version stand in for those of `from`.
  public func analyse(package: PackageContents, from: PackageVersion?) -> ChangeReport {
    var action = ChangeAction.install
    if let from { action = package.version.isEarlier(than: from) ? .downgrade : .upgrade }
    let binary = BinaryChange(
      name: package.name, architecture: package.architecture, from: from, to: package.version, action: action)
    return analyse([inputs(for: binary, candidate: package)])
  }

  /// What installed packages want to be triggered by; read once.
  func interests(_ findings: inout ChangeFindings) -> TriggerIndex {
    if let knownInterests { return knownInterests }
    do {
      let index = TriggerIndex(try source.triggerInterests())
      knownInterests = index
      return index
    } catch {
      findings.add(
        unknown: "which packages would be triggered is not known: \(error)", file: "triggers", package: "dpkg")
      return TriggerIndex([])
    }
  }

  private func analyse(_ inputs: [BinaryInputs], withLibraries: Bool = true) -> ChangeReport {
    var findings = ChangeFindings()
    let bringsImage = inputs.contains { KernelEffects.bringsImage($0.binary) }
    for input in inputs {
      findings.note(input)
      runScripts(of: input, &findings)
      addFileEffects(of: input, imageIsKnown: bringsImage, &findings)
    }
    followTriggers(of: inputs, &findings)
    // Last, as apt calls needrestart last.
    if withLibraries { for input in inputs { addLibraryRestarts(of: input, &findings) } }
    return findings.report
  }

  private func addLibraryRestarts(of input: BinaryInputs, _ findings: inout ChangeFindings) {
    guard let libraries, let old = input.old else { return }
    findings.effects.add(libraries.effects(of: input.binary.name, installed: old))
    let unseen = libraries.unreadableProcesses
    if unseen > 0 {
      findings.note(
        "which files \(unseen) processes use is not known, so restarts by needrestart may be missing: run as root")
    }
  }

  private func addFileEffects(of input: BinaryInputs, imageIsKnown: Bool, _ findings: inout ChangeFindings) {
    let binary = input.binary
    let comparison = FileComparison(
      old: input.old, candidate: input.candidate, action: binary.action, node: files)
    findings.effects.add(KernelEffects(binary: binary, comparison: comparison, imageIsKnown: imageIsKnown).effects())
    let fileEffects = FileEffects(package: binary.name, comparison: comparison)
    findings.effects.add(fileEffects.effects())
    findings.warnings += fileEffects.removedUnits().map { "\(binary.name) no longer has the unit `\($0)`" }
    if let old = input.old, binary.action != .remove {
      findings.effects.add(ConffileEffects.effects(old: old, candidate: input.candidate))
    }
  }
}
