import ArgumentParser
import NetworkState
import NetworkSystem

/// `apt-gate network guard-process`: the guard as a process of its own, for the hooks of apt; hidden from help.
///
/// It writes a line `ready` to standard output once nothing can be missed any more, watches until the given process is
/// gone or it is asked to end (SIGTERM), finishes the job and leaves its report in a file.
struct NetworkGuardProcessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard-process", abstract: "Guard the network until a process is gone.", shouldDisplay: false)

  @Option(help: .hidden) var untilProcess: Int32

  @OptionGroup(visibility: .hidden) var guardOptions: GuardOptions

  func run() throws {
    let work = try WatchedProcess(untilProcess)
    let networkGuard = try NetworkGuard(guardOptions.settings())
    try networkGuard.takeBaseline(earlier: guardOptions.earlierBaseline())
    networkGuard.hurry()
    try StandardStream.output.write("ready\n")
    let document = GuardDocument(report: try networkGuard.watch(work), command: [], ending: nil)
    try guardOptions.write(document)
    if document.status != 0 { throw ExitCode(document.status) }
  }
}
