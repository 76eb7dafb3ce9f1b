/// `IFA_...`, linux/if_addr.h.
public enum AddressAttribute: UInt16, AttributeKind {
  case address = 1
  case local, label, broadcast, anycast, cacheInfo, multicast, flags, routePriority, targetNamespace, `protocol`

  var format: AttributeFormat {
    switch self {
    case .address, .local, .broadcast, .anycast, .multicast: .ipAddress
    case .label: .text
    case .cacheInfo: .words
    case .flags, .routePriority, .targetNamespace: .uint32
    case .protocol: .uint8
    }
  }
}
