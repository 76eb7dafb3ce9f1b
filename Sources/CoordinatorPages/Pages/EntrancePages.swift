/// Where a token becomes a session.
public struct SignInPage: Page {
  /// Where to go then.
  public var next: String

  public init(next: String) { self.next = next }

  public var title: String { "Sign in" }
  public var section: PageSection? { nil }
  public var template: String { "sign-in" }
  public func fields(in frame: PageFrame) -> [String: Any] { ["next": next] }
}

/// What cannot be shown or done, and why.
public struct ProblemPage: Page {
  public var title: String
  public var text: String

  public init(title: String, text: String) {
    self.title = title
    self.text = text
  }

  public var section: PageSection? { nil }
  public var template: String { "problem" }
  public func fields(in frame: PageFrame) -> [String: Any] { ["title": title, "text": text] }
}
