import GateModel
import SystemdSystem

// shield-probe: SystemdSystem from a command line, for the system tests: it runs inside a booted node.

/// What each verb of the command line does.
func run(_ words: [String]) throws {
  let deadline = ContinuousClock.now + .seconds(20)
  let operands = Array(words.dropFirst())
  let manager = try ServiceManager(by: deadline)
  let shield = UnitShield(manager: manager)
  switch words.first {
  case "raise":
    let owner = ShieldOwner(transaction: operands.first ?? "", boot: try BootID.current())
    try shield.raise(ShieldPlan(owner: owner, units: operands.dropFirst()), by: deadline)
  case "lower": try shield.lower(transaction: operands.first ?? "", by: deadline)
  case "sweep": print(try shield.sweep(by: deadline).map(\.unit).joined(separator: " "))
  case "raised": print(shield.raised().map(\.unit).joined(separator: " "))
  case "show":
    for name in operands {
      let unit = try manager.unit(name, by: deadline)
      print(unit.name, unit.loadState, unit.activeState, unit.isShielded ? "shielded" : "open", unit.invocation ?? "-")
    }
  case "restart": try manager.perform(.restart, on: operands.first ?? "", by: deadline)
  case "mapped":
    let files = MappedFileReader().mappedFiles()
    for path in operands { print(files.processes[path, default: []].compactMap(\.unit).joined(separator: " ")) }
  case "limits": print(try manager.ownTimeLimits(by: deadline).map(\.message).joined(separator: "\n"))
  default: print("usage: shield-probe raise TRANSACTION UNIT... | lower TRANSACTION | sweep | raised | show UNIT...")
  }
}

do {
  try run(Array(CommandLine.arguments.dropFirst()))
} catch let error as SystemdError {
  print("\(error.code.rawValue): \(error.message)")
}
