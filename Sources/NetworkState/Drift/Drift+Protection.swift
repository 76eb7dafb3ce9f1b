extension Drift {
  /// The differences that are protected losses, in their order: routes, rules and nexthops that are gone, that the
  /// kernel did not make itself, and that nobody expects to come and go.
  ///
  /// They are what a restart of systemd-networkd takes away and what the guard puts back.
  public func protectedLosses(in before: NetworkSnapshot) -> Set<Difference> {
    Set(
      differences.filter { difference in
        guard difference.change == .removed, let place = difference.before,
          [.route, .rule, .nexthop].contains(difference.kind)
        else { return false }
        return before.placement(of: difference.kind, at: place)?.protocol != .kernel
      })
  }
}
