import Foundation
import Testing

extension BootedNode {
  /// Pings an address behind the CNI-like route every 20 ms while `script` runs, and for a while after; how many were sent
  /// and how many came back. `limit` is in seconds.
  func ping(while script: String, limit: Int = 120) async throws -> (sent: Int, received: Int) {
    let printed = try await shell(
      """
      ping -q -i 0.02 -W 1 198.19.0.1 > /tmp/ping & ping=$!
      sleep 0.5
      \(script)
      sleep 1
      kill -INT $ping
      wait $ping || true
      cat /tmp/ping
      """, limit: limit)
    let line = try #require(printed.split(separator: "\n").first { $0.contains("transmitted") })
    let numbers = line.split(separator: " ").compactMap { Int($0) }
    try #require(numbers.count >= 2, "\(line)")
    return (numbers[0], numbers[1])
  }
}
