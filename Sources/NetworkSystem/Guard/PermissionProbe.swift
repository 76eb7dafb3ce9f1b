internal import NetworkState

/// A request that changes nothing and that only who may change the network may make.
enum PermissionProbe {
  /// Deleting a rule of a family that has none: the kernel checks the right first (`rtnetlink_rcv_msg`) and then says that
  /// it does not know the family.
  static let message = RoutingMessage(
    type: .deleteRule, flags: 0x5, fixed: .rule(RouteHeader(family: 255, table: 0, type: 0)), attributes: [])
}
