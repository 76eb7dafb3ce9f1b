import Foundation
import Synchronization

/// A tab of Debian's headless chromium, driven by the DevTools protocol over a pair of pipes: messages are JSON, each with a
/// NUL after it. Every wait has a deadline.
final class BrowserTab {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Long, because the machine may be busy.
  private static let patience = 60.0

  private let profile: ScratchFolder
  private let process = Process()
  private let input = Pipe()
  private let inbox = Inbox()
  private var number = 0
  private var session: String?
  /// Events that nobody has asked for yet.
  private var events: [[String: Any]] = []

  init() throws {
    profile = try ScratchFolder()
    process.executableURL = URL(filePath: "/bin/sh")
    // The program takes messages at descriptor 3 and answers at 4.
    process.arguments = [
      "-c",
      """
      exec /usr/bin/chromium-headless-shell --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
      --hide-scrollbars --remote-debugging-pipe --user-data-dir="$0" 3<&0 4>&1 </dev/null >/dev/null 2>&1
      """, profile.path,
    ]
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    output.fileHandleForReading.readabilityHandler = { [inbox] handle in inbox.take(handle.availableData) }
    try process.run()
    let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] as? String ?? ""
    session = try call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { try call("\(domain).enable") }
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  // MARK: What a person does

  func open(_ url: String) throws {
    try arriving { try call("Page.navigate", ["url": url]) }
  }

  /// Does something that leads to another page, and waits for it.
  func arriving(_ step: () throws -> Void) throws {
    events.removeAll { $0["method"] as? String == "Page.loadEventFired" }
    try step()
    try wait("Page.loadEventFired")
  }

  /// Types into the field that a label names.
  func type(_ text: String, into label: String) throws {
    let field = "[...document.querySelectorAll('label')].find(l => l.textContent.includes(\(Self.quoted(label))))"
    try evaluate("\(field).control.focus()")
    try call("Input.insertText", ["text": text])
  }

  /// Clicks with the mouse on the first element that matches and has this text.
  func click(_ selector: String, saying text: String) throws {
    let found = try evaluate(
      """
      (() => { const e = [...document.querySelectorAll(\(Self.quoted(selector)))].find(e => e.textContent.includes(\(Self.quoted(text))));
      if (!e) return null; e.scrollIntoView({block: "center", behavior: "instant"}); const r = e.getBoundingClientRect();
      return [r.x + r.width / 2, r.y + r.height / 2]; })()
      """)
    guard let place = found as? [Double], place.count == 2 else {
      throw Failure(description: "nothing here is `\(selector)` and says `\(text)`")
    }
    for kind in ["mousePressed", "mouseReleased"] {
      try call(
        "Input.dispatchMouseEvent", ["type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1])
    }
  }

  // MARK: What the page is

  var text: String { get throws { try evaluate("document.body.innerText") as? String ?? "" } }

  /// Waits until an expression is true.
  func until(_ expression: String) throws {
    let end = Date(timeIntervalSinceNow: Self.patience)
    while Date() < end {
      if try evaluate(expression) as? Bool == true { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw Failure(description: "it never became true: \(expression)")
  }

  @discardableResult
  func evaluate(_ expression: String) throws -> Any? {
    let answer = try call(
      "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let problem = answer["exceptionDetails"] { throw Failure(description: "\(expression): \(problem)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// Errors of scripts and of the page's policy, since the tab was opened.
  var complaints: [String] {
    events.compactMap { event in
      guard let method = event["method"] as? String, let values = event["params"] as? [String: Any] else { return nil }
      switch method {
      case "Runtime.exceptionThrown": return "\(values)"
      case "Log.entryAdded":
        let entry = values["entry"] as? [String: Any] ?? [:]
        return entry["level"] as? String == "error" ? "\(entry["text"] ?? "")" : nil
      default: return nil
      }
    }
  }

  /// The hosts that anything was asked of.
  var hosts: Set<String> {
    Set(
      events.compactMap { event in
        guard event["method"] as? String == "Network.requestWillBeSent" else { return nil }
        let request = (event["params"] as? [String: Any])?["request"] as? [String: Any]
        return (request?["url"] as? String).flatMap { URL(string: $0)?.host() }
      })
  }

  // MARK: How it is looked at

  func allowScripts(_ allowed: Bool) throws {
    try call("Emulation.setScriptExecutionDisabled", ["value": !allowed])
  }

  func draw(as form: Browser.Form) throws -> Data {
    let width = form == .phone ? 390 : 1280
    try call(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": form == .dark ? "dark" : "light"]]])
    try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": 900, "deviceScaleFactor": 1, "mobile": form == .phone])
    let answer = try call("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
    return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
  }

  // MARK: Messages

  private static func quoted(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
  }

  @discardableResult
  private func call(_ method: String, _ values: [String: Any] = [:]) throws -> [String: Any] {
    number += 1
    var message: [String: Any] = ["id": number, "method": method, "params": values]
    message["sessionId"] = session
    try input.fileHandleForWriting.write(contentsOf: try JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let answer = try next()
      guard answer["id"] as? Int == number else {
        events.append(answer)
        continue
      }
      if let problem = answer["error"] { throw Failure(description: "\(method): \(problem)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  private func wait(_ method: String) throws {
    if let place = events.firstIndex(where: { $0["method"] as? String == method }) {
      events.remove(at: place)
      return
    }
    while true {
      let event = try next()
      if event["method"] as? String == method { return }
      events.append(event)
    }
  }

  private func next() throws -> [String: Any] {
    let end = Date(timeIntervalSinceNow: Self.patience)
    while Date() < end {
      if let message = inbox.next() {
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      guard process.isRunning else { throw Failure(description: "the browser has ended") }
      Thread.sleep(forTimeInterval: 0.005)
    }
    throw Failure(description: "the browser does not answer")
  }

  /// What the browser has sent, cut at the NULs.
  private final class Inbox: Sendable {
    private let bytes = Mutex(Data())

    func take(_ more: Data) { bytes.withLock { $0.append(more) } }

    func next() -> Data? {
      bytes.withLock { bytes in
        guard let end = bytes.firstIndex(of: 0) else { return nil }
        let message = Data(bytes[bytes.startIndex..<end])
        bytes = Data(bytes[(end + 1)...])
        return message
      }
    }
  }
}
