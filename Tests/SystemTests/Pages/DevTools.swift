import Foundation

/// One page of a ``BrowserProcess`` in the DevTools protocol: commands with their answers, and what happens meanwhile.
/// Every command has a deadline.
actor DevTools {
  /// A busy machine is slow; nothing that a test asks for takes a tenth of it on one that is not.
  static let patience = Duration.seconds(60)

  private let browser: BrowserProcess
  private var session: String?
  private var number = 0
  private var buffer: [UInt8] = []
  private var answers: [Int: Data] = [:]
  /// What has happened, the oldest first.
  private(set) var events: [DevToolsEvent] = []

  init() async throws {
    browser = try BrowserProcess()
    let targets: Targets = try await ask("Target.getTargets")
    guard let page = targets.targetInfos.first(where: { $0.type == "page" }) else {
      throw BrowserFailure("the browser has no page")
    }
    let attached: Attached = try await ask(
      "Target.attachToTarget", ["targetId": .text(page.targetId), "flatten": true])
    session = attached.sessionId
    for domain in ["Page", "Runtime", "Log", "Network", "Audits"] { try await tell("\(domain).enable") }
  }

  private struct Targets: Decodable {
    struct Info: Decodable { var targetId, type: String }
    var targetInfos: [Info]
  }

  private struct Attached: Decodable { var sessionId: String }

  /// Asks for something whose answer does not matter.
  func tell(_ method: String, _ parameters: [String: DevToolsValue] = [:]) async throws {
    let _: Nothing = try await ask(method, parameters)
  }

  private struct Nothing: Decodable {}

  func ask<Answer: Decodable & Sendable>(
    _ method: String, _ parameters: [String: DevToolsValue] = [:]
  ) async throws -> Answer {
    number += 1
    let own = number
    let command = Command(id: own, method: method, params: parameters, sessionId: session)
    try await send(Array(try JSONEncoder().encode(command)) + [0])
    try await wait(for: method) { answers[own] != nil }
    let reply = try JSONDecoder().decode(Reply<Answer>.self, from: answers.removeValue(forKey: own) ?? Data())
    guard let result = reply.result else { throw BrowserFailure("\(method): \(reply.error?.message ?? "no answer")") }
    return result
  }

  private struct Command: Encodable {
    var id: Int
    var method: String
    var params: [String: DevToolsValue]
    var sessionId: String?
  }

  private struct Reply<Answer: Decodable>: Decodable {
    struct Problem: Decodable { var message: String }
    var result: Answer?
    var error: Problem?
  }

  private func send(_ bytes: [UInt8]) async throws {
    var rest = bytes[...]
    let end = ContinuousClock.now + Self.patience
    while !rest.isEmpty {
      rest = rest.dropFirst(try browser.write(rest))
      guard !rest.isEmpty else { return }
      guard .now < end else { throw BrowserFailure("the browser takes no commands") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Takes what the browser says until `condition` holds.
  private func wait(for what: String, until condition: () -> Bool) async throws {
    let end = ContinuousClock.now + Self.patience
    while !condition() {
      if try take() { continue }
      guard browser.lives else { throw BrowserFailure("the browser has ended: \(browser.errors.suffix(1000))") }
      guard .now < end else { throw BrowserFailure("\(what) took over \(Self.patience)") }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Waits until something of `method` has happened more than `count` times.
  func wait(for method: String, beyond count: Int) async throws {
    try await wait(for: method) { self.count(of: method) > count }
  }

  func waitForDownload() async throws {
    try await wait(for: "the download") {
      events.contains { $0.method == "Browser.downloadProgress" && $0.params.state == "completed" }
    }
  }

  func count(of method: String) -> Int { events.count { $0.method == method } }

  /// Reads what is there; whether there was something.
  private func take() throws -> Bool {
    let bytes = try browser.read()
    guard !bytes.isEmpty else { return false }
    buffer += bytes
    while let end = buffer.firstIndex(of: 0) {
      let message = Data(buffer[..<end])
      buffer.removeSubrange(...end)
      let decoder = JSONDecoder()
      if let id = try decoder.decode(Number.self, from: message).id {
        answers[id] = message
      } else if let event = try? decoder.decode(DevToolsEvent.self, from: message) {
        events.append(event)
      }
    }
    return true
  }

  private struct Number: Decodable { var id: Int? }
}

/// What a command is given.
enum DevToolsValue: Encodable, Sendable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral
{
  case text(String)
  case flag(Bool)
  case number(Double)
  case group([String: DevToolsValue])
  case list([DevToolsValue])

  init(stringLiteral value: String) { self = .text(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(arrayLiteral elements: DevToolsValue...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, DevToolsValue)...) {
    self = .group(Dictionary(uniqueKeysWithValues: elements))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .number(let number):
      // Some parameters must be whole.
      if let whole = Int(exactly: number) { try container.encode(whole) } else { try container.encode(number) }
    case .group(let group): try container.encode(group)
    case .list(let list): try container.encode(list)
    }
  }
}

/// What happened, as far as tests ask.
struct DevToolsEvent: Decodable, Sendable {
  struct Entry: Decodable, Sendable { var source, level, text: String }
  struct Issue: Decodable, Sendable { var code: String }
  struct Exception: Decodable, Sendable { var text: String }
  struct Parameters: Decodable, Sendable {
    /// Of `Log.entryAdded`.
    var entry: Entry?
    /// Of `Audits.issueAdded`.
    var issue: Issue?
    /// Of `Runtime.exceptionThrown`.
    var exceptionDetails: Exception?
    /// Of `Browser.downloadProgress`.
    var state: String?
    /// Of `Page.javascriptDialogOpening`.
    var message: String?
  }

  var method: String
  var params: Parameters
}
