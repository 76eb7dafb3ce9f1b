/// `IFLA_...`, linux/if_link.h; what is not named here is kept as bytes.
public enum LinkAttribute: UInt16, AttributeKind {
  case address = 1
  case broadcast = 2
  case name = 3
  case mtu = 4
  case link = 5
  case queueingDiscipline = 6
  case master = 10
  case transmitQueueLength = 13
  case operationalState = 16
  case linkMode = 17
  case information = 18
  case alias = 20
  case perFamily = 26
  case group = 27
  case promiscuity = 30
  case carrier = 33
  case carrierChanges = 35
  case linkNamespace = 37
  case minimumMTU = 50
  case maximumMTU = 51
  case properties = 52
  case alternativeName = 53
  case permanentAddress = 54
  case parentName = 56
  case parentBus = 57

  var format: AttributeFormat {
    switch self {
    case .name, .queueingDiscipline, .alias, .alternativeName, .parentName, .parentBus: .text
    case .mtu, .link, .master, .transmitQueueLength, .group, .promiscuity, .carrierChanges, .linkNamespace: .uint32
    case .minimumMTU, .maximumMTU: .uint32
    case .operationalState, .linkMode, .carrier: .uint8
    case .information: .nested(AttributeTable(LinkInformationAttribute.self))
    case .properties: .nested(AttributeTable(LinkPropertyAttribute.self))
    case .perFamily: .nested(.opaque)
    case .address, .broadcast, .permanentAddress: .bytes
    }
  }
}

/// `IFLA_INFO_...`, linux/if_link.h.
public enum LinkInformationAttribute: UInt16, AttributeKind {
  case kind = 1
  case data, statistics, portKind, portData

  var format: AttributeFormat {
    switch self {
    case .kind, .portKind: .text
    case .data, .portData: .nested(.opaque)
    case .statistics: .bytes
    }
  }
}

/// What `IFLA_PROP_LIST` holds.
enum LinkPropertyAttribute: UInt16, AttributeKind {
  case alternativeName = 53

  var format: AttributeFormat { .text }
}
