/// Works out a ``LossPrediction``: first what networkd deletes, then what the kernel takes with it.
///
/// Everything is dropped while a managed link is configured, never when networkd stops: a node on which it manages no
/// link loses nothing.
public struct LossPredictor {
  let snapshot: NetworkSnapshot
  let restart: NetworkdRestart
  let behaviour: NetworkdBehaviour
  let links: [UInt32: Link]
  let addresses: [InterfaceAddress]
  let nexthops: [UInt32: Nexthop]
  /// Addresses that networkd says it has leased, or that a route by DHCP has as source.
  let leasedAddresses: Set<AddressOnLink>
  /// Links whose configuration starts with dropping what is foreign, sorted.
  let dropping: [UInt32]
  var prediction = LossPrediction()
  /// What of each link's IPv4 addresses networkd deletes, and whether it puts it back.
  var removedAddresses: [RemovedAddress] = []
  /// Addresses that stay in another form.
  var changedAddresses: Set<AddressOnLink> = []
  var removedNexthops: Set<UInt32> = []
  /// Groups that lose some of their members.
  var thinnedNexthops: Set<UInt32> = []

  struct RemovedAddress {
    var address: InterfaceAddress
    var isPutBack: Bool
  }

  init(_ snapshot: NetworkSnapshot, _ restart: NetworkdRestart) {
    self.snapshot = snapshot
    self.restart = restart
    behaviour = NetworkdBehaviour(restart.version)
    links = Dictionary(snapshot.links.map { ($0.index, $0) }) { first, _ in first }
    addresses = snapshot.addresses
    nexthops = Dictionary(snapshot.nexthops.map { ($0.id, $0) }) { first, _ in first }
    let stated = restart.leases.map { AddressOnLink(address: $0.value, index: $0.key) }
    leasedAddresses = Self.leasedAddresses(of: snapshot) { _ in true }.union(stated)
    dropping = Self.dropping(restart, behaviour, links)
  }

  /// Stands for the link that appears in ``NetworkdRestart/Event/newLink(_:)``; the kernel gives no link this index.
  private static let newLink = UInt32.max

  /// What would be lost if networkd restarted, or met a new link.
  public static func predict(_ snapshot: NetworkSnapshot, _ restart: NetworkdRestart) -> LossPrediction {
    var predictor = LossPredictor(snapshot, restart)
    guard restart.isRunning else {
      predictor.prediction.notes.append("systemd-networkd does not run: nothing is lost")
      return predictor.prediction
    }
    if restart.event == .restart { predictor.predictLinks() }
    if restart.managed.isEmpty, restart.event == .restart,
      !restart.keepsState || restart.abandoned.isEmpty && restart.abandonedWithoutFile.isEmpty
    {
      predictor.prediction.notes.append("systemd-networkd would manage no link: it drops nothing")
      return predictor.prediction
    }
    predictor.predictAddresses()
    predictor.predictNexthops()
    predictor.predictNeighbours()
    predictor.predictRules()
    predictor.predictRoutes()
    return predictor.prediction
  }

  /// What would be lost if a link appeared that one of `managements` is for: an object is lost if any of them takes it.
  public static func predictNewLink(
    _ snapshot: NetworkSnapshot, _ restart: NetworkdRestart, as managements: [LinkManagement]
  ) -> LossPrediction {
    var result = LossPrediction()
    var seen: Set<LossPrediction.Place> = []
    for management in managements {
      var restart = restart
      restart.event = .newLink(management)
      let prediction = predict(snapshot, restart)
      result.lost += prediction.lost.filter { seen.insert($0.at).inserted }
      result.notes = prediction.notes
    }
    if managements.isEmpty { result.notes = ["no .network file could match a new link: nothing is lost"] }
    return result
  }

  private static func dropping(
    _ restart: NetworkdRestart, _ behaviour: NetworkdBehaviour, _ links: [UInt32: Link]
  ) -> [UInt32] {
    if case .newLink(let management) = restart.event {
      return behaviour.drops(by: management) ? [newLink] : []
    }
    return restart.managed.filter { index, management in
      guard let link = links[index] else { return false }
      if behaviour.sparesLoopback, link.isLoopback { return false }
      // `ARPHRD_CAN`, linux/if_arp.h.
      if behaviour.sparesCAN, link.hardwareType == 280 { return false }
      return behaviour.drops(by: management)
    }.keys.sorted()
  }

  /// Links that are managed now and would match no `.network` file: they get no lease renewed and no DNS.
  private mutating func predictLinks() {
    let managedNow = restart.managedNow
    let managed = restart.managed
    eachPlace(.link, Link.init) { link, place, prediction in
      guard managedNow.contains(link.index), managed[link.index] == nil else { return }
      let why = "no .network file would match `\(link.name)`: it would no longer be managed, its leases not renewed"
      prediction.lost.append(.init(kind: .link, place: place, why: why))
    }
  }

  /// Calls `body` with every object of a kind and its place.
  mutating func eachPlace<Object>(
    _ kind: NetworkObjectKind, _ decode: (MessageFrame) -> Object?,
    _ body: (Object, Int, inout LossPrediction) -> Void
  ) {
    snapshot[kind].withMessages { reader in
      for place in 0..<reader.count {
        guard let frame = reader.frame(at: place), let object = decode(frame) else { continue }
        body(object, place, &prediction)
      }
    }
  }

  func management(_ index: UInt32) -> LinkManagement? {
    if index == Self.newLink, case .newLink(let management) = restart.event { return management }
    return restart.managed[index]
  }

  func name(_ index: UInt32) -> String { links[index]?.name ?? "if\(index)" }

  /// Whether `KeepConfiguration=` of a link keeps an object of a protocol.
  func keeps(_ management: LinkManagement, _ origin: RouteProtocol) -> Bool {
    guard behaviour.hasKeepConfiguration else { return false }
    if management.keep == .yes { return true }
    if management.keep.contains(.static), origin == .static { return true }
    guard management.keep.contains(.dynamic) else { return false }
    let isAdvertised = origin == .routerAdvertisement || origin == .redirect
    return origin == .dhcp || behaviour.dynamicIncludesRouterAdvertisement && isAdvertised
  }

  /// The first dropping link that does not keep objects of a protocol.
  func droppingLink(for origin: RouteProtocol) -> UInt32? {
    dropping.first { index in management(index).map { !keeps($0, origin) } ?? false }
  }

  /// The first part of every reason: who, and while doing what.
  func reason(_ index: UInt32) -> String {
    "systemd-networkd \(restart.version) drops what it did not make while it configures "
      + (index == Self.newLink ? "a new link" : "`\(name(index))`")
      + (management(index).map { " (\($0.file))" } ?? "")
  }
}
