import AptSystem
import GateEngine
import GateModel

/// The rooms put together as the command line says.
struct Gate {
  var node: NodeDescription { .current() }

  init(node: NodeOptions, output: OutputOptions) throws {
  }

  func check(_ selection: PackageSelection, policy: PolicyOptions) throws -> CheckReport {
    throw CommandFailure(message: "not wired")
  }

  func inspect(file: String, from: PackageVersion?) throws -> Inspection {
    throw CommandFailure(message: "not wired")
  }
}
