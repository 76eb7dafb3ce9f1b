import AptSystem
import ArgumentParser

/// Options that say which node is meant.
struct NodeOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("o")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Set an option of apt's configuration, as apt's own -o; may be repeated.", valueName: "key=value"),
    transform: AptOption.init(parsing:))
  var aptOption: [AptOption] = []
}
