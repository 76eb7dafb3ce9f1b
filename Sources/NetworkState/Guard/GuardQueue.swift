/// Requests that wait to be made: each object once, as it was asked for last, those first that others hang on.
///
/// So an address that is asked for after a hundred routes is made before them.
public struct GuardQueue: Sendable {
  private struct Entry {
    var request: GuardRequest
    var number: Int
  }

  /// By order of dependence; what is before its head was taken out.
  private var lanes: [(entries: [Entry], head: Int)] = Array(repeating: ([], 0), count: RestorePlan.Order.count)
  /// The number of the entry that counts, of each object that waits.
  private var latest: [GuardedObject: Int] = [:]
  private var number = 0

  public init() { latest.reserveCapacity(1 << 12) }

  public var isEmpty: Bool { latest.isEmpty }

  public mutating func add(_ requests: [GuardRequest]) {
    for request in requests {
      number += 1
      latest[request.object] = number
      lanes[request.order.rawValue].entries.append(Entry(request: request, number: number))
    }
  }

  /// Takes out the next: at most `count`, and of no more bytes than `limit` if they are more than one.
  public mutating func next(_ count: Int, limit: Int) -> [GuardRequest] {
    var requests: [GuardRequest] = []
    guard !isEmpty else { return requests }
    requests.reserveCapacity(count)
    var byteCount = 0
    for lane in lanes.indices where !lanes[lane].entries.isEmpty {
      while let entry = first(in: lane) {
        byteCount += entry.request.bytes.count
        guard requests.isEmpty || requests.count < count && byteCount <= limit else { return requests }
        requests.append(entry.request)
        latest[entry.request.object] = nil
        lanes[lane].head += 1
      }
      lanes[lane].entries.removeAll(keepingCapacity: true)
      lanes[lane].head = 0
    }
    return requests
  }

  /// The first of a lane that counts.
  private mutating func first(in lane: Int) -> Entry? {
    while lanes[lane].head < lanes[lane].entries.count {
      let entry = lanes[lane].entries[lanes[lane].head]
      if latest[entry.request.object] == entry.number { return entry }
      lanes[lane].head += 1
    }
    return nil
  }
}
