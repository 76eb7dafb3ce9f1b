import Testing

/// The rules themselves: each refuses a sample that breaks it.
@Suite struct RulesTests {
  private let policy = Room("Policy", .pure, rooms: ["GateModel"], modules: ["Yams"])

  private func arrows(_ text: String) -> [String] {
    Rules.arrows(of: SourceFile(path: "x.swift", text: text), in: policy, declared: ["GateModel", "Yams"])
  }

  @Test(arguments: [
    "import Foundation", "public import AptSystem", "internal import Glibc", "@testable import AptSystem",
    "@preconcurrency public import FoundationEssentials", "import struct Foundation.Data", "  import Dispatch",
    "import Foundation // for Data", "private import class Foundation.FileHandle",
  ])
  func aNewArrowIsRefused(line: String) {
    #expect(arrows("// a comment\n\(line)\nstruct A {}").count == 1)
  }

  @Test(arguments: [
    "import GateModel", "public import Yams", "// import Foundation", "let important = 1", "import Swift",
  ])
  func anAllowedOneIsNot(line: String) {
    #expect(arrows(line) == [])
  }

  @Test func anUndeclaredArrowIsRefused() {
    let file = SourceFile(path: "x.swift", text: "import GateModel")
    #expect(Rules.arrows(of: file, in: policy, declared: []).count == 1)
  }

  @Test(arguments: [
    "let a = try! b()", "fatalError(\"x\")", "  x as! Y", "preconditionFailure()", "a.unsafelyUnwrapped",
  ])
  func aTrapIsRefused(line: String) {
    #expect(Rules.forbiddenCalls(in: SourceFile(path: "x.swift", text: "let a = 1\n\(line)")).count == 1)
  }

  @Test(arguments: ["// no `try!` here", "try?b()", "let a = try b()", "myfatalError()", "x as? Y"])
  func whatOnlyLooksLikeOneIsNot(line: String) {
    #expect(Rules.forbiddenCalls(in: SourceFile(path: "x.swift", text: line)) == [])
  }

  @Test func aLongFileIsRefused() {
    let text = String(repeating: "\n", count: Rules.mostLines)
    #expect(Rules.size(of: SourceFile(path: "x.swift", text: text)).count == 1)
    #expect(Rules.size(of: SourceFile(path: "x.swift", text: String(text.dropLast()))) == [])
  }

  @Test func aRoomWithoutAHeaderIsRefused() {
    #expect(Rules.header(of: "X", files: [SourceFile(path: "x.swift", text: "struct A {}")]).count == 1)
  }

  @Test func theManifestIsRead() {
    let manifest = Manifest(
      text: """
        let package = Package(
          targets: [
            .target(name: "A", swiftSettings: strict),
            .executableTarget(
              name: "B", dependencies: ["A", .product(name: "P", package: "swift-p")],
              swiftSettings: strict),
            .testTarget(name: "BTests", dependencies: [
              "B"
            ]),
          ])
        """)
    #expect(manifest.dependencies == ["A": [], "B": ["A", "P"], "BTests": ["B"]])
  }
}
