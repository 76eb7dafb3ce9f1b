import Glibc
import LedgerLog

/// The person who runs this process.
struct Person {
  var actor: LedgerActor

  /// `SUDO_UID` if root was become by sudo, else the login uid that the kernel keeps, else the process's own user.
  ///
  /// sudo sets `SUDO_UID` itself; only root could set it otherwise, and what root says is taken as root's word.
  /// Source: `sudo(8)`, environment; `/proc/PID/loginuid`, which is 4294967295 where nobody logged in
  /// (`pam_loginuid(8)`).
  static var current: Person {
    if geteuid() == 0, let text = Environment.value(of: "SUDO_UID"), let uid = uid_t(text) {
      return Person(uid: uid, basis: .sudo)
    }
    let login = TextFile.contents(of: "/proc/self/loginuid").flatMap { uid_t($0.filter(\.isNumber)) }
    if let login, login != uid_t.max { return Person(uid: login, basis: .login) }
    return Person(uid: getuid(), basis: .process)
  }

  private init(uid: uid_t, basis: LedgerActor.Basis) {
    actor = LedgerActor(name: Self.name(of: uid), uid: Int(uid), basis: basis)
  }

  /// The account's name, or the number where it has none.
  private static func name(of uid: uid_t) -> String {
    getpwuid(uid).flatMap { $0.pointee.pw_name }.map { String(cString: $0) } ?? String(uid)
  }

  /// Whether the account `person` is in the node's group `team`.
  static func isMember(_ person: String, _ team: String) -> Bool {
    guard let group = getgrnam(team) else { return false }
    let id = group.pointee.gr_gid
    guard let account = getpwnam(person) else { return false }
    var groups = [gid_t](repeating: 0, count: 256)
    var count = Int32(groups.count)
    guard getgrouplist(person, account.pointee.pw_gid, &groups, &count) >= 0 else { return false }
    return groups.prefix(Int(count)).contains(id)
  }
}
