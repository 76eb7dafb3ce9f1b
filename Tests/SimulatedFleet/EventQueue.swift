/// What happens, by when: a binary heap; events of one moment in the order in which they were added.
struct EventQueue {
  private struct Entry {
    var time: Int64
    var number: UInt64
    var body: () -> Void

    func isBefore(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
  }

  private var heap: [Entry] = []
  private var added: UInt64 = 0

  var isEmpty: Bool { heap.isEmpty }
  var nextTime: Int64? { heap.first?.time }

  mutating func add(at time: Int64, _ body: @escaping () -> Void) {
    added += 1
    heap.append(Entry(time: time, number: added, body: body))
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The earliest event, taken out.
  mutating func next() -> (time: Int64, body: () -> Void)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return (first.time, first.body) }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      guard least != parent else { return (first.time, first.body) }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
