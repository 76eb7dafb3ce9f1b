internal import CDecompress

/// How a member of a .deb is compressed. Source: `deb(5)`.
enum Compression: Hashable, CaseIterable {
  case none, gzip, xz, lzma, zstd

  /// The compression that the end of a member's name says, after `control.tar` or `data.tar`; nil if dpkg knows none such.
  init?(suffix: Substring) {
    switch suffix {
    case "": self = .none
    case ".gz": self = .gzip
    case ".xz": self = .xz
    case ".lzma": self = .lzma
    case ".zst": self = .zstd
    default: return nil
    }
  }

  /// The decoder of the C shim; nil where there is nothing to decode.
  var format: cdec_format? {
    switch self {
    case .none: nil
    case .gzip: CDEC_GZIP
    case .xz: CDEC_XZ
    case .lzma: CDEC_LZMA
    case .zstd: CDEC_ZSTD
    }
  }
}
