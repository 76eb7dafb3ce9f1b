/// Runs the jobs of one simulation on the thread that drains it, first come first served.
final class SimulationExecutor: TaskExecutor, @unchecked Sendable {
  // Sendable: only the thread that runs the simulation adds or takes jobs.
  private var jobs: [UnownedJob] = []
  private var next = 0

  func enqueue(_ job: consuming ExecutorJob) { jobs.append(UnownedJob(job)) }

  /// Runs jobs until none is left: every call is finished, or waits for an event.
  func drain() {
    while next < jobs.count {
      let job = jobs[next]
      next += 1
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
    jobs.removeAll(keepingCapacity: true)
    next = 0
  }
}
