/// `NDA_...`, linux/neighbour.h.
public enum NeighbourAttribute: UInt16, AttributeKind {
  case destination = 1
  case linkLayerAddress, cacheInfo, probes, vlan, port, vni, index, master, linkNamespace, sourceVNI, `protocol`
  case nexthopID, fdbExtension, extendedFlags

  var format: AttributeFormat {
    switch self {
    case .destination: .ipAddress
    case .cacheInfo: .words
    case .probes, .vni, .index, .master, .linkNamespace, .sourceVNI, .nexthopID, .extendedFlags: .uint32
    case .vlan: .uint16
    case .protocol: .uint8
    case .linkLayerAddress, .port, .fdbExtension: .bytes
    }
  }
}
