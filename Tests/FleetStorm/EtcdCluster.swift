import FleetSupport
import Foundation

/// Three members of etcd, each with a network of its own.
final class EtcdCluster: Sendable {
  let network: StormNetwork
  let members: [EtcdServer]

  init(folder: URL) throws {
    let names = ["m1", "m2", "m3"]
    network = try StormNetwork(hosts: names)
    let peers = names.map { EtcdServer.Peer(name: $0, address: StormNetwork.address($0, of: names), port: 2380) }
    members = peers.map { peer in
      EtcdServer(
        name: peer.name, address: peer.address, clientPort: 2379, peerPort: 2380, members: peers, folder: folder,
        launcher: ["ip", "netns", "exec", peer.name])
    }
  }

  func start() async throws {
    for member in members { try member.start() }
    for member in members { try await member.waitUntilUp(for: .seconds(60)) }
    _ = try await leader()
  }

  /// The member that leads now.
  func leader() async throws -> EtcdServer {
    for _ in 0..<300 {
      for member in members {
        let status = try? await EtcdHistory(member: member.url).status()
        if let status, status.leads { return member }
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw StormFailure("etcd has no leader")
  }
}
