import Foundation

/// What a person does in a browser: looks, clicks, types. Clicks and keys go the way of a mouse and a keyboard.
actor BrowserTab {
  private let tools: DevTools

  init() async throws { tools = try await DevTools() }

  // MARK: Looking

  func open(_ url: String) async throws {
    let loads = await tools.count(of: Self.loaded)
    let answer: Navigation = try await tools.ask("Page.navigate", ["url": .text(url)])
    if let problem = answer.errorText { throw BrowserFailure("\(url): \(problem)") }
    try await tools.wait(for: Self.loaded, beyond: loads)
  }

  private static let loaded = "Page.loadEventFired"
  private struct Navigation: Decodable { var errorText: String? }

  /// What an expression gives. It is the inspector's, so that it does so where the page's own scripts are off.
  func value<Value: Decodable & Sendable>(of expression: String, as type: Value.Type = Value.self) async throws -> Value
  {
    let answer: Evaluation<Value> = try await tools.ask(
      "Runtime.evaluate", ["expression": .text(expression), "returnByValue": true, "awaitPromise": true])
    if let problem = answer.exceptionDetails {
      throw BrowserFailure("\(expression.prefix(200)): \(problem.exception?.description ?? problem.text)")
    }
    guard let value = answer.result.value else { throw BrowserFailure("\(expression.prefix(200)): no value") }
    return value
  }

  private struct Evaluation<Value: Decodable & Sendable>: Decodable, Sendable {
    struct Result: Decodable, Sendable { var value: Value? }
    struct Thrown: Decodable, Sendable { var description: String? }
    struct Problem: Decodable, Sendable {
      var text: String
      var exception: Thrown?
    }
    var result: Result
    var exceptionDetails: Problem?
  }

  /// The path with its query.
  func path() async throws -> String { try await value(of: "location.pathname + location.search") }
  func count(of selector: String) async throws -> Int {
    try await value(of: "document.querySelectorAll(\(Self.quoted(selector))).length")
  }
  func texts(of selector: String) async throws -> [String] {
    try await value(of: "[...document.querySelectorAll(\(Self.quoted(selector)))].map(e => e.textContent.trim())")
  }
  /// All that a person can read.
  func text() async throws -> String { try await value(of: "document.body.innerText") }

  /// Waits for what a script does.
  func wait(until condition: String) async throws {
    let end = ContinuousClock.now + DevTools.patience
    while !(try await value(of: "Boolean(\(condition))", as: Bool.self)) {
      guard .now < end else { throw BrowserFailure("it never came that \(condition)") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  // MARK: Doing

  /// Clicks in the middle of an element, which nothing may cover.
  func click(_ selector: String) async throws {
    let point: [Double] = try await value(
      of: """
        (() => {
          const found = document.querySelectorAll(\(Self.quoted(selector)));
          if (found.length !== 1) throw new Error(`${found.length} elements`);
          found[0].scrollIntoView({block: "center"});
          const box = found[0].getClientRects()[0];
          const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
          if (!found[0].contains(document.elementFromPoint(x, y))) throw new Error("something covers it");
          return [x, y];
        })()
        """)
    for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
      try await tools.tell(
        "Input.dispatchMouseEvent",
        [
          "type": .text(kind), "x": .number(point[0]), "y": .number(point[1]),
          "button": kind == "mouseMoved" ? "none" : "left", "clickCount": kind == "mouseMoved" ? 0 : 1,
        ])
    }
  }

  /// Clicks what leads to another page, and waits for that.
  func follow(_ selector: String) async throws {
    let loads = await tools.count(of: Self.loaded)
    try await click(selector)
    try await tools.wait(for: Self.loaded, beyond: loads)
  }

  func type(_ text: String, into selector: String) async throws {
    try await click(selector)
    try await tools.tell("Input.insertText", ["text": .text(text)])
  }

  /// Chooses in a list as its menu would.
  func choose(_ value: String, in selector: String) async throws {
    let _: Bool = try await self.value(
      of: """
        (() => {
          const list = document.querySelector(\(Self.quoted(selector)));
          list.value = \(Self.quoted(value));
          list.dispatchEvent(new Event("input", {bubbles: true}));
          return true;
        })()
        """)
  }

  /// Goes on with the tabulator as somebody without a mouse does.
  func tabulate() async throws {
    for kind in ["rawKeyDown", "keyUp"] {
      try await tools.tell(
        "Input.dispatchKeyEvent",
        ["type": .text(kind), "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "nativeVirtualKeyCode": 9])
    }
  }

  /// What a link gives to keep.
  func download(_ selector: String) async throws -> Data {
    let folder = try ScratchFolder()
    try await tools.tell(
      "Browser.setDownloadBehavior",
      ["behavior": "allow", "downloadPath": .text(folder.path), "eventsEnabled": true])
    try await click(selector)
    try await tools.waitForDownload()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    guard names.count == 1, let name = names.first else { throw BrowserFailure("downloaded: \(names)") }
    return try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
  }

  // MARK: Settings

  func scripts(areOn: Bool) async throws {
    try await tools.tell("Emulation.setScriptExecutionDisabled", ["value": .flag(!areOn)])
  }

  /// What it is shown on, from the next page or now.
  func show(on look: PageLook) async throws {
    try await tools.tell(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .number(Double(look.device.rawValue)), "height": 900, "deviceScaleFactor": 1,
        "mobile": .flag(look.device != .desk),
      ])
    try await tools.tell(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": .text(look.isDark ? "dark" : "light")]]])
  }

  /// The whole page as PNG.
  func picture() async throws -> Data {
    let metrics: Metrics = try await tools.ask("Page.getLayoutMetrics")
    let size = metrics.cssContentSize
    let answer: Picture = try await tools.ask(
      "Page.captureScreenshot",
      [
        "format": "png", "captureBeyondViewport": true,
        "clip": ["x": 0, "y": 0, "width": .number(size.width), "height": .number(min(size.height, 8000)), "scale": 1],
      ])
    return Data(base64Encoded: answer.data) ?? Data()
  }

  private struct Metrics: Decodable {
    struct Size: Decodable, Sendable { var width, height: Double }
    var cssContentSize: Size
  }
  private struct Picture: Decodable { var data: String }

  /// What the browser or the page's scripts complained of, as far as it is no answer's status; a violation of the content
  /// security policy is among them.
  func complaints() async -> [String] {
    await tools.events.compactMap { event in
      switch event.method {
      case "Log.entryAdded":
        event.params.entry.flatMap { $0.source == "network" ? nil : "\($0.source) \($0.level): \($0.text)" }
      case "Audits.issueAdded": "issue: \(event.params.issue?.code ?? "")"
      case "Runtime.exceptionThrown": "exception: \(event.params.exceptionDetails?.text ?? "")"
      case "Page.javascriptDialogOpening": "dialog: \(event.params.message ?? "")"
      default: nil
      }
    }
  }

  static func quoted(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
  }
}

/// With what somebody looks at a page.
struct PageLook: Sendable, CustomStringConvertible, CaseIterable {
  /// Widths in CSS pixels.
  enum Device: Int, Sendable {
    case desk = 1280
    case tablet = 768
    /// The narrowest that phones are.
    case phone = 360
  }

  var device: Device
  var isDark: Bool

  static let desk = PageLook(device: .desk, isDark: false)
  static let allCases = [
    desk, PageLook(device: .desk, isDark: true), PageLook(device: .tablet, isDark: false),
    PageLook(device: .phone, isDark: false), PageLook(device: .phone, isDark: true),
  ]

  var description: String { "\(device)-\(isDark ? "dark" : "light")" }
}
