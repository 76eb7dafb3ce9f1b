// cel-bench: how long an evaluation takes and how often it allocates, in this build. Run it in release.

import CEL

let cases = try BenchmarkCase.all()
print("expression".padded(28) + "ns/evaluation".padded(16) + "allocations/evaluation")
for item in cases {
  let result = item.measure()
  print(item.name.padded(28) + "\(result.nanoseconds)".padded(16) + "\(result.allocations)")
}

let check = try BenchmarkCase.timeOfCompiling()
print("reading, checking and compiling the ten terms: \(check) µs")

extension String {
  /// The text with blanks after it, for columns.
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
