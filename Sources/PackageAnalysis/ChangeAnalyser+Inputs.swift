internal import GateModel

/// What is at hand to analyse one binary package's part in a change.
struct BinaryInputs {
  var binary: BinaryChange
  /// The installed version; nil if none is, or it cannot be read.
  var old: PackageContents?
  /// The new version; nil if its .deb is not at hand, or for a removal.
  var candidate: PackageContents?
  /// What could not be read and what follows from it, in one line each.
  var problems: [String] = []

  /// Whose scripts stand for those of the new version.
  var new: PackageContents? { candidate ?? old }

  var basis: EvidenceBasis {
    if candidate != nil { return .candidate }
    return old == nil ? .unknown : .installed
  }
}

extension ChangeAnalyser {
  struct PackageKey: Hashable {
    var name: String
    var architecture: String
  }

  /// An installed package as the source gave it.
  enum Installed {
    case present(PackageContents)
    case absent
    case unreadable(String)
  }

  func installed(_ name: String, _ architecture: String) -> Installed {
    let key = PackageKey(name: name, architecture: architecture)
    if let known = installedPackages[key] { return known }
    let result: Installed
    do {
      result = try source.installed(name: name, architecture: architecture).map { .present($0) } ?? .absent
    } catch {
      result = .unreadable("\(error)")
    }
    installedPackages[key] = result
    return result
  }

  func inputs(for binary: BinaryChange) -> BinaryInputs {
    guard binary.action != .remove else { return inputs(for: binary, candidate: nil) }
    do {
      let candidate = try source.candidate(of: binary)
      if let candidate, candidate.name != binary.name || candidate.version.text != binary.to?.text {
        var result = inputs(for: binary, candidate: nil)
        let found = "\(candidate.name) \(candidate.version)"
        result.problems.insert("the .deb at hand is of \(found), so what the update does is not known", at: 0)
        return result
      }
      return inputs(for: binary, candidate: candidate)
    } catch {
      var result = inputs(for: binary, candidate: nil)
      result.problems.insert("the .deb could not be read, so what the update does is not known: \(error)", at: 0)
      return result
    }
  }

  /// - Parameter candidate: the new version; nil if it is not at hand.
  func inputs(for binary: BinaryChange, candidate: PackageContents?) -> BinaryInputs {
    var result = BinaryInputs(binary: binary, candidate: candidate)
    if binary.from != nil || binary.action == .remove {
      switch installed(binary.name, binary.architecture) {
      case .present(let contents): result.old = contents
      case .absent: if candidate == nil { result.problems.append("the installed version was not found") }
      case .unreadable(let reason): result.problems.append("the installed version could not be read: \(reason)")
      }
    }
    if result.new == nil, binary.action == .install {
      result.problems.append("what it would do is not known: its .deb is not at hand; run with --download")
    }
    return result
  }
}
