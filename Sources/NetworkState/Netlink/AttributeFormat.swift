/// How the payload of a kind of attribute is laid out.
indirect enum AttributeFormat: Sendable {
  case uint8, uint16, uint32, uint64, text, ipAddress, words, legs, via, members, bytes
  case nested(AttributeTable)
}

/// The formats of a message's or a nest's attributes, by type; what is not in it is `bytes`.
struct AttributeTable: Sendable {
  private let formats: [AttributeFormat]

  /// Every attribute in it is kept as bytes.
  static let opaque = AttributeTable()

  private init() { formats = [] }

  /// The table of an enumeration of attribute types.
  init<Kind: AttributeKind>(_ kinds: Kind.Type) {
    var formats: [AttributeFormat] = []
    for kind in kinds.allCases {
      let type = Int(kind.rawValue)
      while formats.count <= type { formats.append(.bytes) }
      formats[type] = kind.format
    }
    self.formats = formats
  }

  func format(of type: UInt16) -> AttributeFormat {
    Int(type) < formats.count ? formats[Int(type)] : .bytes
  }

  static func table(for kind: NetworkObjectKind) -> AttributeTable {
    switch kind {
    case .link: linkTable
    case .address: addressTable
    case .route: routeTable
    case .rule: ruleTable
    case .nexthop: nexthopTable
    case .neighbour: neighbourTable
    }
  }

  private static let linkTable = AttributeTable(LinkAttribute.self)
  private static let addressTable = AttributeTable(AddressAttribute.self)
  private static let routeTable = AttributeTable(RouteAttribute.self)
  private static let ruleTable = AttributeTable(RuleAttribute.self)
  private static let nexthopTable = AttributeTable(NexthopAttribute.self)
  private static let neighbourTable = AttributeTable(NeighbourAttribute.self)

  /// The attributes of a leg of a multipath route; a leg within a leg is not decoded.
  static let leg = AttributeTable(LegAttribute.self)
}

/// The attribute types of one message or nest, as numbered in the kernel's headers.
protocol AttributeKind: RawRepresentable, CaseIterable, Sendable where RawValue == UInt16 {
  var format: AttributeFormat { get }
}
