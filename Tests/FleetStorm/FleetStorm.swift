import FleetSupport
import Foundation

// fleet-storm: a real fleet on one machine, and what may happen to the etcd behind it.
//
// Three members of etcd in network namespaces, three coordinators, and 200 nodes that go through rollouts with the client
// that nodes use, while leaders are killed, stopped and cut off. Then the history that etcd recorded is checked with the
// invariants of the simulation. It wants a network, processes and mounts of its own:
//
//     unshare --net --pid --mount --mount-proc --fork --kill-child \
//       sh -c 'ip link set lo up && exec fleet-storm COORDINATOR FOLDER'
//
// Foundation's `Process` wants a loopback interface, so that it must be up before.

@main
enum FleetStorm {
  /// Longer than all faults take on a busy machine.
  static let limit = Duration.seconds(500)

  static func main() async {
    guard CommandLine.arguments.count == 3 else { end(64, "usage: fleet-storm COORDINATOR FOLDER") }
    let folder = URL(filePath: CommandLine.arguments[2])
    let watch = Task.detached {
      try await Task.sleep(for: limit)
      end(1, "it did not end within \(limit)")
    }
    do {
      let storm = try Storm(coordinator: CommandLine.arguments[1], folder: folder)
      try await storm.run()
      watch.cancel()
      end(0, "")
    } catch {
      end(1, "\(error)")
    }
  }

  static func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
  }

  /// Whatever it has started ends with it, by the process namespace.
  static func end(_ status: Int32, _ message: String) -> Never {
    if !message.isEmpty { say("fleet-storm: \(message)") }
    exit(status)
  }
}

/// Why the storm did not pass.
struct StormFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
