import ArgumentParser
import NetworkState
import NetworkSystem

/// `apt-gate network probe`: tries probe targets.
struct NetworkProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Ask whether targets can be reached, and whether they are a sound choice.",
    discussion: "Exits with 0 if as many answer as are needed, and with 3 if fewer do.")

  @Argument(
    help: ArgumentHelp(
      """
      tcp:ADDRESS:PORT, icmp:ADDRESS, dns:NAME@ADDRESS, http://ADDRESS:PORT/PATH, \
      neighbour:ADDRESS or gateway. Only addresses, never \
      names; an IPv6 address stands in brackets before a port.
      """, valueName: "target"))
  var targets: [String] = []

  @Option(help: ArgumentHelp("How many of the targets have to answer. (default: all)", valueName: "count"))
  var need: Int?

  @Option(help: ArgumentHelp("How many seconds all of them have together.", valueName: "seconds"))
  var deadline = 5

  @Option(
    help: ArgumentHelp(
      "Ask from the network namespace at this path, such as /run/netns/NAME. (default: the one this process is in)",
      valueName: "path"),
    completion: .file())
  var netns: String?

  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    if targets.isEmpty { throw ValidationError("`probe` needs a target, such as `gateway`") }
    do { for target in targets { _ = try ProbeTarget(target) } } catch { throw ValidationError("\(error)") }
    guard (1...3600).contains(deadline) else { throw ValidationError("`--deadline` takes seconds, 1 to 3600") }
    guard (1...targets.count).contains(need ?? 1) else {
      throw ValidationError("`--need` takes a number from 1 to that of the targets")
    }
  }

  func run() throws {
    let plan = ProbePlan(targets: try targets.map { try ProbeTarget($0) }, needed: need)
    let limit = Deadline.after(.seconds(deadline))
    let results = try Prober(namespace: netns).run(plan.targets, by: limit)
    let hops = try NextHopReader(namespace: netns).nextHops(of: plan.targets, by: .after(.seconds(deadline)))
    let document = ProbeDocument(plan: plan, results: results, objections: plan.objections(nextHops: hops))
    try outputOptions.print(document.json) { ProbeText(document: document, layout: $0).text }
    try AptGate.finish(document.isAlive ? .done : .checkFailed)
  }
}
