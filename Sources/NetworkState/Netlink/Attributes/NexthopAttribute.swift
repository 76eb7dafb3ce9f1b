/// `NHA_...`, linux/nexthop.h.
public enum NexthopAttribute: UInt16, AttributeKind {
  case id = 1
  case group, groupType, blackhole, outgoingInterface, gateway, encapsulationType, encapsulation, groups, master, fdb
  case resilientGroup, resilientBucket, operationFlags

  var format: AttributeFormat {
    switch self {
    case .id, .outgoingInterface, .master, .operationFlags: .uint32
    case .group: .members
    case .groupType, .encapsulationType: .uint16
    case .gateway: .ipAddress
    case .encapsulation: .nested(.opaque)
    case .resilientGroup: .nested(AttributeTable(ResilientGroupAttribute.self))
    case .blackhole, .groups, .fdb, .resilientBucket: .bytes
    }
  }
}

/// `NHA_RES_GROUP_...`, linux/nexthop.h. Times are in hundredths of a second.
public enum ResilientGroupAttribute: UInt16, AttributeKind {
  case buckets = 1
  case idleTimer, unbalancedTimer, unbalancedTime

  var format: AttributeFormat {
    switch self {
    case .buckets: .uint16
    case .idleTimer, .unbalancedTimer: .uint32
    case .unbalancedTime: .uint64
    }
  }
}
