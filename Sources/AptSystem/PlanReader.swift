internal import CAptPkg
internal import GateModel

/// A binary package's change with the source package it belongs to.
struct SourcedChange {
  var source: String
  var binary: BinaryChange
}

/// Turns a plan from libapt into the model's values. Valid as long as the plan is.
struct PlanReader {
  let plan: capt_plan

  func changes() -> [SourcedChange] {
    UnsafeBufferPointer(start: plan.changes, count: plan.change_count).map { change in
      SourcedChange(source: String(captured: change.source), binary: binary(change))
    }
  }

  /// Sorted by name and architecture.
  func keptBack() -> [KeptBackPackage] {
    UnsafeBufferPointer(start: plan.kept, count: plan.kept_count).map(kept)
      .sorted { ($0.name, $0.architecture) < ($1.name, $1.architecture) }
  }

  /// A warning for every configured source of which there is no package list.
  func missingLists() -> [String] {
    UnsafeBufferPointer(start: plan.sources_without_lists, count: plan.sources_without_lists_count).map {
      "there is no package list of source `\(String(captured: $0))`; run `apt-get update`"
    }
  }

  private func binary(_ change: capt_change) -> BinaryChange {
    let origins = origins(change.origins)
    return BinaryChange(
      name: String(captured: change.name), architecture: String(captured: change.architecture),
      from: version(change.from), to: version(change.to), action: ChangeAction(change.action), origins: origins,
      isSecurity: (origins + self.origins(change.between)).contains(where: \.isSecurityPocket),
      phasing: change.phased_percentage < 0
        ? nil : Phasing(percentage: Int(change.phased_percentage), includesThisNode: change.in_phase != 0),
      downloadSize: change.download_size, installedSizeDelta: change.installed_size_delta)
  }

  private func kept(_ kept: capt_kept) -> KeptBackPackage {
    KeptBackPackage(
      source: String(captured: kept.source), name: String(captured: kept.name),
      architecture: String(captured: kept.architecture), from: PackageVersion(String(captured: kept.from)),
      to: PackageVersion(String(captured: kept.to)), reason: reason(kept))
  }

  private func reason(_ kept: capt_kept) -> KeptBackReason {
    switch kept.reason {
    case CAPT_HELD: .held
    case CAPT_PHASED:
      .phased(Phasing(percentage: max(0, Int(kept.phased_percentage)), includesThisNode: false))
    case CAPT_DEPENDENCIES: .dependencies(range(plan.obstacles, kept.obstacles).map(obstacle))
    default: .unknown
    }
  }

  private func obstacle(_ obstacle: capt_obstacle) -> DependencyObstacle {
    DependencyObstacle(
      package: "\(String(captured: obstacle.package)) \(String(captured: obstacle.version))",
      relation: String(captured: obstacle.relation),
      inTheWay: range(plan.names, obstacle.in_the_way).map { String(captured: $0) }.sorted())
  }

  private func origins(_ part: capt_range) -> [Origin] {
    var seen: Set<Origin> = []
    return range(plan.origins, part).map(Origin.init).filter { seen.insert($0).inserted }
  }

  private func range<Element>(_ start: UnsafePointer<Element>?, _ part: capt_range) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: start.map { $0 + part.first }, count: start == nil ? 0 : part.count)
  }

  private func version(_ text: UnsafePointer<CChar>?) -> PackageVersion? {
    text.map { PackageVersion(String(captured: $0)) }
  }
}

extension Origin {
  fileprivate init(_ origin: capt_origin) {
    self.init(
      origin: String(captured: origin.origin), label: String(captured: origin.label),
      suite: String(captured: origin.suite), codename: String(captured: origin.codename),
      component: String(captured: origin.component), site: String(captured: origin.site))
  }
}

extension ChangeAction {
  fileprivate init(_ action: capt_action) {
    switch action {
    case CAPT_INSTALL: self = .install
    case CAPT_REMOVE: self = .remove
    case CAPT_DOWNGRADE: self = .downgrade
    default: self = .upgrade
    }
  }
}
