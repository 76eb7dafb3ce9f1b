import Foundation
import Testing

/// The coordinator's unit as it is installed.
@Suite("the coordinator's unit", LabRequirements.trait)
struct CoordinatorUnitTests {
  /// systemd-analyze(1): the threshold is in tenths, and the exposure must not be above it.
  @Test func isExposedAtMostTwo() throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    let unit = root.appending(path: "dist/systemd/apt-gate-coordinator.service")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", unit.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.start()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let verdict = output.split(separator: "\n").last { $0.contains("Overall exposure level") }
    print("\(verdict ?? "no verdict")")
    #expect(process.terminationStatus == 0 && verdict != nil, "\(output)")
  }
}
