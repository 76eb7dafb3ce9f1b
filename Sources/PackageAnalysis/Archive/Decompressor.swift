internal import CDecompress

/// Decodes a compressed member chunk by chunk, within limits on memory, output and expansion.
final class Decompressor {
  /// Steps without progress after which a stream is taken for corrupt; liblzma needs two to notice its end.
  private static let patience = 4

  private let decoder: OpaquePointer
  private let source: ByteReader
  private let outputLimit: UInt64
  private var input: ArraySlice<UInt8> = []
  private var inputHasEnded = false
  private var hasEnded = false
  private var produced: UInt64 = 0

  /// - Throws: `ArchiveError` `too-large` if there is no memory for a decoder.
  init(_ format: cdec_format, source: ByteReader, outputLimit: UInt64) throws {
    guard let decoder = cdec_open(format, ArchiveLimits.decoderMemory) else {
      throw source.error(.tooLarge, "no memory for a decoder")
    }
    self.decoder = decoder
    self.source = source
    self.outputLimit = outputLimit
  }

  deinit { cdec_close(decoder) }

  /// Some decoded bytes, at most `maximum`; empty at the end of the stream.
  func next(_ maximum: Int) throws -> [UInt8] {
    var idleSteps = 0
    while !hasEnded {
      try fillInput()
      let before = input.count
      let output = try step(maximum)
      if !output.isEmpty { return try counted(output) }
      idleSteps = input.count == before ? idleSteps + 1 : 0
      if idleSteps > Self.patience { throw source.error(.malformed, "the compressed data is corrupt") }
    }
    return []
  }

  private func fillInput() throws {
    guard input.isEmpty, !inputHasEnded else { return }
    input = try source.some(atMost: ByteReader.chunkSize)
    inputHasEnded = input.isEmpty
  }

  private func step(_ maximum: Int) throws -> [UInt8] {
    var consumed = 0
    var status = CDEC_MORE
    let output = [UInt8](unsafeUninitializedCapacity: max(maximum, 1)) { room, count in
      input.withUnsafeBufferPointer { bytes in
        status = cdec_step(
          decoder, bytes.baseAddress, bytes.count, inputHasEnded ? 1 : 0, &consumed, room.baseAddress, max(maximum, 1),
          &count)
      }
    }
    input = input.dropFirst(consumed)
    if status == CDEC_END {
      hasEnded = true
    } else if status != CDEC_MORE {
      throw failure(status)
    }
    return output
  }

  private func failure(_ status: cdec_status) -> ArchiveError {
    switch status {
    case CDEC_TRUNCATED: source.error(.truncated, "the compressed data ends too early")
    case CDEC_MEMORY_LIMIT:
      source.error(
        .tooLarge, "the compressed data needs over \(ArchiveLimits.decoderMemory >> 20) MiB of memory to decode")
    case CDEC_NO_MEMORY: source.error(.tooLarge, "no memory for a decoder")
    default: source.error(.malformed, "the compressed data is corrupt")
    }
  }

  private func counted(_ output: [UInt8]) throws -> [UInt8] {
    produced += UInt64(output.count)
    // INVARIANT: source.offset is below 2^63, and the ratio is small, so only absurd sizes saturate.
    let (scaled, overflows) = source.offset.multipliedReportingOverflow(by: ArchiveLimits.expansionRatio)
    let allowed = overflows ? UInt64.max : max(scaled, ArchiveLimits.expansionAllowance)
    guard produced <= min(allowed, outputLimit) else {
      throw source.error(.tooLarge, "the compressed data expands beyond \(produced - 1) bytes")
    }
    return output
  }
}
