import Foundation
import GateModel
import Testing

@testable import SystemdSystem

@Suite struct MappedFileTests {
  /// A running program and its libraries, deleted ones among them, as the kernel tells.
  @Test func aRunningProcessIsFoundByItsFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "a program")
    try FileManager.default.copyItem(at: URL(filePath: "/usr/bin/sleep").resolvingSymlinksInPath(), to: program)
    let process = Process()
    process.executableURL = program
    process.arguments = ["60"]
    try process.run()
    defer { process.terminate() }
    // Until it runs the program, and not this one's copy: the kernel names it before it maps it.
    let maps = "/proc/\(process.processIdentifier)/maps"
    while process.isRunning, (try? String(contentsOfFile: maps, encoding: .utf8))?.contains(program.path) != true {
      usleep(10_000)
    }
    let path = program.path
    let pids = { (mapped: MappedFiles) in mapped.processes[path, default: []].map(\.pid) }
    let before = MappedFileReader().mappedFiles()
    #expect(pids(before) == [process.processIdentifier])
    #expect(before.processes[path]?.first?.executable == path)
    #expect(!before.deleted.contains(path))
    try FileManager.default.removeItem(at: program)
    let after = MappedFileReader().mappedFiles()
    #expect(pids(after) == [process.processIdentifier])
    #expect(after.deleted.contains(path))
    #expect(after.processes[path]?.first?.executable == path)
  }

  @Test func thisProcessMapsTheCLibrary() {
    let mapped = MappedFileReader().mappedFiles()
    let users = mapped.processes.filter { $0.key.hasSuffix("/libc.so.6") }.values.joined().map(\.pid)
    #expect(users.contains(getpid()))
  }

  @Test(arguments: [
    ("0::/system.slice/ssh.service\n", "ssh.service" as String?),
    ("12:pids:/x\n1:name=systemd:/system.slice/a.service/sub\n0::/elsewhere.service\n", "a.service"),
    // A node in its own namespaces on a machine that has both hierarchies.
    ("1:name=systemd:/\n0::/system.slice/a.service\n", "a.service"),
    ("0::/user.slice/user-0.slice/user@0.service/app.slice/x.service\n", "user@0.service"),
    ("0::/user.slice/user-0.slice/session-1.scope\n", "session-1.scope"), ("0::/init.scope\n", "init.scope"),
    ("0::/machine.slice/systemd-nspawn@web.service/payload/system.slice/nginx.service\n", "systemd-nspawn@web.service"),
    ("0::/system.slice/_cpu.service\n", "cpu.service"), ("0::/\n", nil), ("0::/lxc.payload.web/a.service\n", nil),
    ("", nil), ("garbage\n", nil), ("0::/system.slice\n", nil),
  ])
  func theUnitOfAControlGroup(text: String, unit: String?) { #expect(ControlGroup.unit(in: text) == unit) }

  @Test func linesThatMapNoCodeAreLeftOut() {
    let text = """
      55-56 r--p 00000000 fd:00 1 /proc/version
      56-57 r-xp 00000000 00:00 0 [vdso]
      57-58 rw-p 00000000 00:00 0
      58-59 r-xp 00000000 fd:00 2 /usr/lib/gone (deleted)
      59-60 r-xp 00000000 fd:00 3 /nonexistent/other root
      60-61 r-xp 00000000 fd:00 4 /proc/version
      cut r-
      """
    var known = HostFiles(comparesInodes: false)
    let files = MappingLines.files(in: Array(text.utf8)[...], known: &known)
    #expect(Set(files.compactMap { known.path(of: $0) }) == ["/usr/lib/gone", "/proc/version"])
    #expect(files.filter { known.isDeleted($0) }.compactMap { known.path(of: $0) } == ["/usr/lib/gone"])
  }
}
