internal import GateModel

extension LossPredictor {
  /// Whose the objects of a node are.
  struct Census {
    var foreign = ForeignNetworkState()
    /// Places of the first default routes.
    var defaultRoutes: [Int] = []
    var recogniser = CNIRecogniser()
  }

  /// Looks at every link, route and rule once.
  static func census(of snapshot: NetworkSnapshot, _ restart: NetworkdRestart) -> Census {
    let predictor = Self(snapshot, restart)
    var census = Census()
    for link in predictor.links.values { census.recogniser.see(link) }
    snapshot.forEachRoute { route, place in
      census.recogniser.see(route)
      if predictor.isForeign(route) { census.foreign.routes += 1 }
      let isDefault = route.destination.length == 0 && route.type == .unicast
      if isDefault, census.defaultRoutes.count < NetworkFacts.mostObjects { census.defaultRoutes.append(place) }
    }
    for rule in snapshot.rules {
      census.recogniser.see(rule)
      if predictor.isForeign(rule) { census.foreign.rules += 1 }
    }
    return census
  }

  /// Neither the kernel's nor a redirect, and not made by a networkd that runs.
  private func isForeign(_ route: Route) -> Bool {
    guard route.protocol != .kernel, route.protocol != .redirect else { return false }
    return !restart.isRunning || !isRequested(route) && !isOwn(route)
  }

  private func isForeign(_ rule: PolicyRule) -> Bool {
    guard rule.protocol != .kernel else { return false }
    return !restart.isRunning
      || !restart.managed.values.contains { $0.requested.rules.contains { $0.isMet(by: rule) } }
  }
}
