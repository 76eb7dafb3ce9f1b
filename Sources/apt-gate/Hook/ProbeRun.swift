import GateConfiguration
import Glibc
import NetworkState
import NetworkSystem
import Synchronization

/// Asks the configured targets before and after: what did not answer before proves nothing afterwards.
final class ProbeRun: Sendable {
  private let settings: ProbeSettings
  private let targets: [ProbeTarget]
  /// Who answered before; nil until that is known.
  private let answered = Mutex<[Bool]?>(nil)

  init(_ settings: ProbeSettings) {
    self.settings = settings
    targets = settings.targets
  }

  /// Begins to ask, on a thread of its own: the guard does not wait for it, and dpkg unpacks first.
  func before() {
    guard !targets.isEmpty else { return }
    try? DetachedThread.start(askBefore)
  }

  @Sendable private func askBefore() {
    let answers = try? ask()
    answered.withLock { $0 = answers }
  }

  /// The targets that answered before and do not now, if too few of them do.
  func after() throws -> [String] {
    guard let before = answered.withLock({ $0 }), before.contains(true) else { return [] }
    let now = try ask()
    let lost = targets.indices.filter { before[$0] && !now[$0] }
    let alive = before.count { $0 } - lost.count
    return alive >= min(settings.needed, before.count { $0 }) ? [] : lost.map { targets[$0].description }
  }

  private func ask() throws -> [Bool] {
    try Prober().run(targets, by: .after(settings.deadline)).map { $0.failure == nil }
  }
}
