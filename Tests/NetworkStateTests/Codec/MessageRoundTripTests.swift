import TestSupport
import NetworkState
import Testing

@Suite struct MessageRoundTripTests {
  @Test func decodingWhatWasEncodedGivesTheMessage() throws {
    var generator = MessageGenerator(seed: Seed("decode(encode(x))"))
    for _ in 0..<3000 {
      let message = generator.message()
      #expect(try RoutingMessage(message.encoded()) == message)
    }
  }

  @Test(arguments: NetworkObjectKind.allCases)
  func encodingWhatTheKernelSentGivesItsBytes(kind: NetworkObjectKind) throws {
    let table = try Fixture.snapshot()[kind]
    #expect(!table.isEmpty)
    for index in 0..<table.count {
      #expect(try table[index].encoded() == table.messageBytes(at: index))
    }
  }

  @Test func unknownAttributesSurvive() throws {
    let strange = NetlinkAttribute(type: 999, flags: 0x4000, value: .bytes([1, 2, 3]))
    let message = RoutingMessage(
      type: .newRoute, fixed: .route(RouteHeader(family: 2)), attributes: [strange])
    #expect(try RoutingMessage(message.encoded()).attributes == [strange])
  }

  @Test func attributeOfTheWrongLengthIsKeptAsBytes() throws {
    let odd = NetlinkAttribute(type: RouteAttribute.priority.rawValue, value: .bytes([1, 2, 3]))
    let message = RoutingMessage(type: .newRoute, fixed: .route(RouteHeader(family: 2)), attributes: [odd])
    #expect(try RoutingMessage(message.encoded()).attributes == [odd])
  }

  @Test func attributeTooLongForTheWireIsRefused() {
    let long = NetlinkAttribute(type: 900, value: .bytes(Array(repeating: 0, count: 65532)))
    let message = RoutingMessage(type: .newRoute, fixed: .route(RouteHeader(family: 2)), attributes: [long])
    #expect(throws: NetworkStateError.self) { try message.encoded() }
  }
}
