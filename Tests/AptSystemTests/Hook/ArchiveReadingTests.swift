import Dispatch
import GateModel
import PackageAnalysis
import Testing

@testable import AptSystem

@Suite struct ArchiveReadingTests {
  private struct Broken: Error {}

  private static func package(_ path: String) -> PackageContents {
    PackageContents(
      name: path, architecture: "all", version: PackageVersion("1"), source: path, basis: .candidate)
  }

  @Test func everyArchiveIsReadOnceAndAnErrorIsItsOutcome() throws {
    let paths = Set((1...40).map { "/nowhere/\($0).deb" })
    let outcomes = ArchiveReading.outcomes(of: paths, by: .now + .seconds(60)) { path in
      if path.hasSuffix("/7.deb") { throw Broken() }
      return Self.package(path)
    }
    #expect(Set(outcomes.keys) == paths)
    for (path, outcome) in outcomes {
      if path.hasSuffix("/7.deb") {
        #expect(throws: Broken.self) { try outcome.get() }
      } else {
        #expect(try outcome.get().name == path)
      }
    }
  }

  @Test func whatHangsHoldsNobodyElse() throws {
    let gate = DispatchSemaphore(value: 0)
    defer { gate.signal() }
    let outcomes = ArchiveReading.outcomes(
      of: ["/nowhere/a", "/nowhere/hangs", "/nowhere/z"], by: .now + .seconds(5)
    ) { path in
      if path.hasSuffix("hangs") { gate.wait() }
      return Self.package(path)
    }
    #expect(Set(outcomes.keys) == ["/nowhere/a", "/nowhere/z"])
  }
}
