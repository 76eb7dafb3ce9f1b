internal import CSystemd
import Glibc

/// Why systemd could not be asked, or did not do what it was asked for.
public struct SystemdError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is; stable, for programs.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// systemd is not the init system here, or no bus to it can be reached: containers, chroots.
    case noSystemd
    /// It needs root, or polkit's consent.
    case notPermitted
    /// It was not done by the deadline.
    case deadline
    /// The connection ended, as it does when the manager re-executes itself; connect again.
    case disconnected
    /// There is no such unit.
    case noUnit
    /// The manager refuses it: the unit is shielded, or says `RefuseManual...` itself.
    case refused
    /// A job ended otherwise than well.
    case job
    /// A shield is not in effect although its drop-ins are there.
    case notInEffect
    /// A file could not be read or written.
    case file
    /// Anything else that D-Bus reported.
    case bus
  }

  public var code: Code
  /// In one line: what failed, on what, and what to do.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}

extension SystemdError {
  /// The error of a file's system call; reads `errno`.
  static func file(_ what: String) -> Self {
    let number = errno
    return Self(number == EACCES || number == EPERM ? .notPermitted : .file, "\(what): \(text(number))")
  }

  /// The error of a call of CSystemd: a negative errno, and what D-Bus said.
  static func bus(_ result: Int32, _ what: String, _ error: csd_error = csd_error()) -> Self {
    let name = withUnsafeBytes(of: error.name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let said = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return Self(code(name) ?? code(-result), "\(what): \(said.isEmpty ? text(-result) : said)")
  }

  private static func text(_ number: Int32) -> String { String(cString: strerror(number)) }

  /// Source: systemd, src/libsystemd/sd-bus/bus-common-errors.h; the D-Bus specification.
  private static func code(_ name: String) -> Code? {
    switch name {
    case "org.freedesktop.systemd1.NoSuchUnit", "org.freedesktop.systemd1.LoadFailed": .noUnit
    case "org.freedesktop.systemd1.OnlyByDependency": .refused
    case "org.freedesktop.DBus.Error.AccessDenied", "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired":
      .notPermitted
    case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout": .deadline
    case "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner": .noSystemd
    default: nil
    }
  }

  private static func code(_ number: Int32) -> Code {
    switch number {
    case EPERM, EACCES: .notPermitted
    case ETIMEDOUT: .deadline
    case ECONNRESET, ENOTCONN, EPIPE: .disconnected
    case ENOENT, ECONNREFUSED, EADDRNOTAVAIL: .noSystemd
    default: .bus
    }
  }
}
