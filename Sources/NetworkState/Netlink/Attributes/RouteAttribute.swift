/// `RTA_...`, linux/rtnetlink.h.
public enum RouteAttribute: UInt16, AttributeKind {
  case destination = 1
  case source, incomingInterface, outgoingInterface, gateway, priority, preferredSource, metrics, multipath
  case protocolInfo, flow, cacheInfo, session, multipathAlgorithm, table, mark, multicastStatistics, via
  case newDestination, preference, encapsulationType, encapsulation, expires, padding, user, ttlPropagate
  case ipProtocol, sourcePort, destinationPort, nexthopID, flowLabel

  var format: AttributeFormat {
    switch self {
    case .destination, .source, .gateway, .preferredSource: .ipAddress
    case .incomingInterface, .outgoingInterface, .priority, .flow, .table, .mark, .expires, .user, .nexthopID: .uint32
    case .encapsulationType, .sourcePort, .destinationPort: .uint16
    case .preference, .ttlPropagate, .ipProtocol: .uint8
    case .cacheInfo: .words
    case .metrics: .nested(AttributeTable(MetricAttribute.self))
    case .multipath: .legs
    case .via: .via
    case .encapsulation: .nested(.opaque)
    case .protocolInfo, .session, .multipathAlgorithm, .multicastStatistics, .newDestination, .padding, .flowLabel:
      .bytes
    }
  }
}

/// The attributes of a multipath route's leg: numbers of ``RouteAttribute``.
enum LegAttribute: UInt16, AttributeKind {
  case gateway = 5
  case flow = 11
  case via = 18
  case encapsulationType = 21
  case encapsulation = 22

  var format: AttributeFormat {
    switch self {
    case .gateway: .ipAddress
    case .flow: .uint32
    case .via: .via
    case .encapsulationType: .uint16
    case .encapsulation: .nested(.opaque)
    }
  }
}

/// `RTAX_...`, linux/rtnetlink.h.
public enum MetricAttribute: UInt16, AttributeKind {
  case lock = 1
  case mtu, window, rtt, rttVariance, slowStartThreshold, congestionWindow, advertisedMSS, reordering, hopLimit
  case initialCongestionWindow, features, minimumRTO, initialReceiveWindow, quickAcknowledgement
  case congestionControl, fastOpenNoCookie

  var format: AttributeFormat { self == .congestionControl ? .text : .uint32 }
}
