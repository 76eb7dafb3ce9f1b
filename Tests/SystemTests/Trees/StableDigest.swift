import Foundation

/// A short name for contents, the same in every run: FNV-1a, 64 bits. It keeps cache entries apart, nothing more.
struct StableDigest: CustomStringConvertible {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  init(of parts: [String]) {
    for part in parts {
      for byte in Array(part.utf8) + [0] {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
      }
    }
  }

  var description: String { String(state, radix: 16) }
}
