/// `FRA_...`, linux/fib_rules.h.
public enum RuleAttribute: UInt16, AttributeKind {
  case destination = 1
  case source = 2
  case incomingInterface = 3
  case target = 4
  case priority = 6
  case mark = 10
  case flow = 11
  case tunnelID = 12
  case suppressInterfaceGroup = 13
  case suppressPrefixLength = 14
  case table = 15
  case markMask = 16
  case outgoingInterface = 17
  case l3mdev = 19
  case userRange = 20
  case `protocol` = 21
  case ipProtocol = 22
  case sourcePortRange = 23
  case destinationPortRange = 24
  case dscp = 25

  var format: AttributeFormat {
    switch self {
    case .destination, .source: .ipAddress
    case .incomingInterface, .outgoingInterface: .text
    case .target, .priority, .mark, .flow, .suppressInterfaceGroup, .suppressPrefixLength, .table, .markMask: .uint32
    case .userRange: .words
    case .l3mdev, .protocol, .ipProtocol, .dscp: .uint8
    case .tunnelID, .sourcePortRange, .destinationPortRange: .bytes
    }
  }
}
