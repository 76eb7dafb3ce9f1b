/// What went wrong in apt's part of the node, and what to do.
public struct AptSystemError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// An `--apt-option` is not KEY=VALUE.
    case optionMalformed = "option-malformed"
    /// apt's configuration files could not be used.
    case configurationMalformed = "configuration-malformed"
    /// The list of package sources could not be used.
    case sourcesMalformed = "sources-malformed"
    /// There are no package lists, so that nothing can be said of what is pending.
    case listsMissing = "lists-missing"
    /// A package list could not be read.
    case listsCorrupt = "lists-corrupt"
    /// dpkg's status is absent, unreadable, corrupt or empty.
    case statusUnreadable = "status-unreadable"
    /// The installed packages have unmet dependencies: apt would change nothing.
    case dependenciesBroken = "dependencies-broken"
    /// apt found no way to upgrade.
    case noPlan = "no-plan"
    /// A package or version is not in the package lists.
    case unknownPackage = "unknown-package"
    /// A file or directory could not be used.
    case fileUnusable = "file-unusable"
    /// A source or version cannot stand in a file of pins.
    case pinRefused = "pin-refused"
    /// The file of pins could not be written, or libapt does not make of it what it should.
    case pinsFailed = "pins-failed"
    /// The deadline passed, or the caller cancelled.
    case cancelled
    /// libapt failed in a way it does not explain.
    case internalFault = "internal-fault"
  }

  public var code: Code
  /// What happened, in one line.
  public var message: String
  /// What to do, as a clause in the imperative.
  public var advice: String
  /// libapt's own words, where it said something.
  public var details: [String]

  public init(code: Code, message: String, advice: String, details: [String] = []) {
    self.code = code
    self.message = message
    self.advice = advice
    self.details = details
  }

  public var description: String {
    let words = details.isEmpty ? "" : ": \(details.joined(separator: "; "))"
    return "\(message)\(words); \(advice)"
  }
}
