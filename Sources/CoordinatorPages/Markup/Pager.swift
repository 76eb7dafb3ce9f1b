/// Links to the other pages of a list.
public struct Pager: Sendable {
  public var first: String?
  public var previous: String?
  public var next: String?
  public var summary: String

  public init(first: String? = nil, previous: String? = nil, next: String? = nil, summary: String) {
    self.first = first
    self.previous = previous
    self.next = next
    self.summary = summary
  }

  /// nil where everything is on one page.
  var fields: [String: Any]? {
    guard first != nil || previous != nil || next != nil else { return nil }
    var fields: [String: Any] = ["summary": summary]
    fields["first"] = first
    fields["previous"] = previous
    fields["next"] = next
    return fields
  }
}
