import ArgumentParser
import NetworkState

/// A version of systemd as a person gives it: `252`, `v249.11` or that of a package, `252.38-1~deb12u1`.
struct NetworkdVersionArgument: Sendable, Hashable, ExpressibleByArgument {
  var version: NetworkdVersion

  init?(argument: String) {
    guard argument.drop(while: { $0 == "v" }).first?.isNumber == true, let version = NetworkdVersion(argument) else {
      return nil
    }
    self.version = version
  }
}
