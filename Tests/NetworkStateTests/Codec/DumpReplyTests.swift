@testable import NetworkState
import Testing

/// Datagrams as a kernel sends them in answer to a dump.
@Suite struct DumpReplyTests {
  private let request = DumpRequest(kind: .route, family: .ipv4)

  private func take(_ datagrams: [[UInt8]], request: DumpRequest? = nil) throws -> ([DumpReply.Progress], MessageTable)
  {
    var reply = DumpReply(to: request ?? self.request, sequence: 7)
    var table = MessageTable()
    let progress = try datagrams.map { datagram in
      try datagram.withUnsafeBytes { try reply.take($0, into: &table) }
    }
    return (progress, table)
  }

  private func route(_ id: UInt32, flags: UInt16 = 2, sequence: UInt32 = 7) throws -> [UInt8] {
    let attribute = NetlinkAttribute(type: RouteAttribute.priority.rawValue, value: .uint32(id))
    return try RoutingMessage(
      type: .newRoute, flags: flags, sequence: sequence, fixed: .route(RouteHeader(family: 2)), attributes: [attribute]
    ).encoded()
  }

  private func control(_ type: UInt16, _ errno: Int32, flags: UInt16 = 0, rest: [UInt8] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    let header = NetlinkHeader(
      length: UInt32(20 + rest.count), type: NetlinkMessageType(rawValue: type), flags: flags, sequence: 7, port: 1)
    header.append(to: &bytes)
    bytes.append(integer: errno)
    return bytes + rest
  }

  @Test func objectsOfSeveralDatagrams() throws {
    let (progress, table) = try take([try route(1) + route(2), try route(3) + control(3, 0)])
    #expect(progress == [.more, .done])
    #expect(try (0..<table.count).map { try table[$0].value(RouteAttribute.priority)?.number } == [1, 2, 3])
  }

  @Test func changeInBetweenMeansAgain() throws {
    #expect(try take([try route(1, flags: 0x12), control(3, 0)]).0 == [.more, .interrupted])
    #expect(try take([try route(1), control(3, 0, flags: 0x10)]).0 == [.more, .interrupted])
    #expect(try take([try route(1) + control(4, 0)]).0 == [.interrupted])
  }

  @Test func refusalSaysWhy() throws {
    var echo = [UInt8](repeating: 0, count: 16)
    NetlinkAttribute(type: 1, value: .text("Invalid header")).append(to: &echo)
    #expect(try take([control(2, -22, flags: 0x200, rest: echo)]).0 == [.refused(errno: 22, message: "Invalid header")])
    #expect(try take([control(2, -1)]).0 == [.refused(errno: 1, message: nil)])
  }

  @Test func answersToOthersArePassedOver() throws {
    let (_, table) = try take([try route(1, sequence: 6) + route(2) + route(3, sequence: 8) + route(4)])
    #expect(table.count == 2)
  }

  @Test func onlyPermanentNeighboursAreKept() throws {
    let neighbours = try Fixture.snapshot()[.neighbour]
    var datagram: [UInt8] = []
    for index in 0..<neighbours.count {
      var message = try neighbours[index]
      message.sequence = 7
      datagram += try message.encoded()
    }
    let (_, table) = try take([datagram], request: DumpRequest(kind: .neighbour, family: nil))
    #expect(neighbours.count > 3 && table.count == 3)
  }

  @Test func datagramsCutAnywhereDoNotCrash() throws {
    let whole = try route(1) + route(2) + control(2, -22, flags: 0x200, rest: Array(repeating: 1, count: 30))
    for length in 0...whole.count { _ = try? take([Array(whole.prefix(length))]) }
    #expect(throws: NetworkStateError.self) { try take([Array(whole.prefix(30))]) }
  }
}
