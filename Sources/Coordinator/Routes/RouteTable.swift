internal import CoordinatorAPI
internal import FleetStore
internal import GateModel

/// Every operation of the API.
struct RouteTable: Sendable {
  let store: any FleetStore
  let settings: SettingsBox
  let counters: RequestCounters
  let locks: FleetLockService
  let fleet: FleetService

  var trail: AuditTrail { AuditTrail(store: store) }
  var witness: WitnessService { WitnessService(store: store) }
  var histories: HistoryService { HistoryService(store: store, fleet: fleet) }
  var bundles: BundleService { BundleService(store: store, settings: settings) }

  var routes: [Route] { serviceRoutes + nodeRoutes + fleetRoutes + auditRoutes + bundleRoutes + fleetLockRoutes }
}
