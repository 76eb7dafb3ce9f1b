public import GateModel
internal import CoordinatorAPI

/// One page: what it shows, for one template.
public protocol Page: Sendable {
  /// Its heading, and its name in the browser's list.
  var title: String { get }
  /// nil for pages that are not in the menu.
  var section: PageSection? { get }
  var template: String { get }
  /// Whether the script keeps it fresh.
  var isLive: Bool { get }
  /// What the template's names stand for: texts, numbers, flags, and lists and groups of those.
  func fields(in frame: PageFrame) -> [String: Any]
}

extension Page {
  public var isLive: Bool { false }
}

/// The menu.
public enum PageSection: String, Sendable, CaseIterable {
  case fleet, rollouts, held, nodes, approvals, audit

  var heading: String {
    switch self {
    case .fleet: "Fleet"
    case .rollouts: "Rollouts"
    case .held: "Held updates"
    case .nodes: "Nodes"
    case .approvals: "Approvals"
    case .audit: "Audit log"
    }
  }

  public var path: String { self == .fleet ? "/" : "/\(rawValue)" }
}

/// What every page has around it.
public struct PageFrame: Sendable {
  /// Who is signed in; nil on pages that come before.
  public var person: String?
  public var roles: [String]
  /// What forms carry, so that no other site can send them; empty where nobody is signed in.
  public var formKey: String
  public var now: Timestamp
  /// What has just been done, in the coordinator's own words.
  public var notice: String?
  /// What could not be done.
  public var problem: String?

  public init(
    person: String? = nil, roles: [String] = [], formKey: String = "", now: Timestamp, notice: String? = nil,
    problem: String? = nil
  ) {
    self.person = person
    self.roles = roles
    self.formKey = formKey
    self.now = now
    self.notice = notice
    self.problem = problem
  }

  public func has(_ role: String) -> Bool { roles.contains(role) }

  func fields(of page: some Page, main: String) -> [String: Any] {
    var fields: [String: Any] = [
      "title": page.title, "main": main, "live": page.isLive, "style": PageAsset.style.path,
      "script": PageAsset.script.path, "icon": PageAsset.icon.path, "made": Fields.time(now, now: now), "csrf": formKey,
    ]
    if let person {
      fields["person"] = ["name": person, "roles": roles.joined(separator: ", ")]
      fields["menu"] = PageSection.allCases.filter { $0 != .audit || has(Role.auditor.rawValue) }.map { section in
        ["heading": section.heading, "path": section.path, "current": section == page.section] as [String: Any]
      }
    }
    if let notice { fields["notice"] = notice }
    if let problem { fields["problem"] = problem }
    return fields
  }
}
