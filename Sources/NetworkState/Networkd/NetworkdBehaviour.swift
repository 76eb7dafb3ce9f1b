/// What systemd-networkd of a version does about objects that it did not make.
///
/// Source: systemd's sources at each tag from 237 to 262, and laboratory runs of 247.3, 249.11, 252.39, 255.4, 257.13
/// and 262.
struct NetworkdBehaviour: Sendable {
  let version: NetworkdVersion

  init(_ version: NetworkdVersion) { self.version = version }

  private func isFrom(_ major: Int, _ minor: Int = 0) -> Bool { version >= NetworkdVersion(major, minor) }

  /// How a foreign route is ascribed to links.
  enum RouteOwnership { case outgoingInterface, anyLeg, oneLinkOrNone }

  var routeOwnership: RouteOwnership {
    isFrom(256) ? .oneLinkOrNone : isFrom(247) ? .anyLeg : .outgoingInterface
  }

  /// Whether a route's table is one that it deletes routes from: up to 246 its deletions name `main`, and up to 249 it
  /// takes tables from 256 on for 252 (`RT_TABLE_COMPAT`).
  func reaches(table: UInt32) -> Bool {
    isFrom(250) ? true : isFrom(247) ? table < 256 : table == RouteTable.main
  }

  /// Its request to delete a route does not name the type of service, and the kernel does not find one that has it.
  /// Tried with 247.3, 252.39 and 254.26; 257.13 finds it.
  var findsTypeOfService: Bool { isFrom(256) }

  var dropsRejectRoutes: Bool { isFrom(247) }
  /// IPv6 routes that reject name `lo`, which was taken for their link before.
  var rejectRoutesOfIPv6HaveNoLink: Bool { isFrom(249) }
  var sparesLoopback: Bool { !isFrom(257) }
  /// CAN links are left alone before anything is dropped.
  var sparesCAN: Bool { !isFrom(257) }
  var hasKeepConfiguration: Bool { isFrom(243) }
  /// `KeepConfiguration=yes` keeps a link from being looked at; from 257 on it is asked for each object.
  var keepYesSparesLink: Bool { isFrom(243) && !isFrom(257) }
  /// Whether configuring a link that is managed so starts with dropping what is foreign.
  func drops(by management: LinkManagement) -> Bool {
    hasKeepConfiguration ? !(keepYesSparesLink && management.keep == .yes) : !management.isCritical
  }
  var dynamicIncludesRouterAdvertisement: Bool { isFrom(257) }

  var hasManageForeignRoutes: Bool { isFrom(246) }
  /// In Debian 11 (247.3) it is not there.
  var hasManageForeignRules: Bool {
    isFrom(249) || version.major == 248 && version.minor >= 8 || version.major == 247 && version.minor >= 10
  }
  /// 249.0 to 249.4 ask the option for routes when they should ask that for rules.
  var confusesRuleOption: Bool { version.major == 249 && version.minor < 5 }
  var hasManageForeignNexthops: Bool { isFrom(256) }

  enum RuleDrop { case never, byAnyDroppingLink, byLinkWithoutStatic, byObject }

  var ruleDrop: RuleDrop {
    if isFrom(258) { return .byObject }
    if isFrom(257) { return .byLinkWithoutStatic }
    return isFrom(248) || version.major == 247 && version.minor >= 4 ? .byAnyDroppingLink : .never
  }

  /// Up to 256 its request to delete a rule does not name the target of a `goto`, and the kernel refuses it.
  /// Tried with 252.39, 254.26 and 257.13.
  var canDropGoto: Bool { isFrom(257) }

  /// The same four ways; nexthop objects are dropped from 248 on.
  var nexthopDrop: RuleDrop {
    isFrom(258) ? .byObject : isFrom(257) ? .byLinkWithoutStatic : isFrom(248) ? .byAnyDroppingLink : .never
  }

  /// Drops link-local IPv6 addresses like others where `LinkLocalAddressing=` has none. Tried with 247.3.
  var dropsLinkLocalWhereOff: Bool { !isFrom(248) }

  /// Whether it takes the link-local IPv6 addresses of a link that is to have none: 249 and 250 with each start, later
  /// versions only where the kernel is still to make them. `generation` is ``Link/addressGeneration``.
  func takesLinkLocal(fromLinkThat generation: UInt8?) -> Bool {
    isFrom(249) && (!isFrom(251) || generation != Link.noAddressGeneration)
  }

  var dropsNeighbours: Bool { isFrom(243) }
  var staticKeepsNeighbours: Bool { isFrom(257) }
  /// They compare an address with its broadcast address before that is filled in, so that the link's own static
  /// address is taken for a foreign one, deleted and added again.
  var readdsStaticAddresses: Bool { isFrom(251) && !isFrom(255) }
  /// Whether a lease that it keeps comes back without its metric.
  var forgetsMetricOfLease: Bool { isFrom(250) && !isFrom(257) }
  /// Up to 247 it knows nothing of nexthop objects, and the kernel does not find an IPv4 route through one by what it
  /// asks for.
  var knowsNexthops: Bool { isFrom(248) }
  /// Up to 247 routes of advertisements have no expiry in the kernel.
  var routesOfAdvertisementsExpire: Bool { isFrom(248) }
  /// Hands addresses, routes and nexthops to its successor through the service manager's store of descriptors.
  var canKeepState: Bool { isFrom(257) }
  /// Leaves links alone whose udev property `ID_NET_MANAGED_BY` names another.
  var obeysManagedBy: Bool { isFrom(255) }
}
