internal import GateModel

/// What names say about kernels.
///
/// Source of the names: Debian Kernel Handbook, 2.2 ("Packages"): `linux-image-VERSION-ABINAME-FLAVOUR` is an image,
/// `linux-image-FLAVOUR` a meta package that depends on the newest one.
enum KernelImage: Hashable {
  /// A package with an image for this ABI, such as `6.1.0-56-amd64`.
  case image(abi: String)
  /// A meta package, such as `linux-image-amd64`.
  case meta

  /// nil if the package is neither; debug symbols are neither.
  init?(package: String) {
    guard package.hasPrefix("linux-image-"), !package.hasSuffix("-dbg"), !package.hasSuffix("-dbgsym") else {
      return nil
    }
    var rest = package.dropFirst("linux-image-".count)
    // Debian and Ubuntu sign images in a package of its own; the one that is not signed has the same files.
    if rest.hasPrefix("unsigned-") { rest = rest.dropFirst("unsigned-".count) }
    guard let first = rest.first else { return nil }
    self = first.isNumber ? .image(abi: String(rest)) : .meta
  }

  /// The ABI of an image that a package holds, as the path of the image says; nil for other paths.
  static func abi(ofImage path: String) -> String? {
    if path.hasPrefix("/boot/vmlinuz-") { return String(path.dropFirst("/boot/vmlinuz-".count)) }
    guard path.hasSuffix("/vmlinuz") else { return nil }
    return abi(ofModule: path)
  }

  /// The ABI that the path of a module says, as `/usr/lib/modules/ABI/...`; nil for other paths.
  static func abi(ofModule path: String) -> String? {
    guard path.hasPrefix("/usr/lib/modules/") else { return nil }
    let abi = path.dropFirst("/usr/lib/modules/".count).prefix { $0 != "/" }
    return abi.isEmpty ? nil : String(abi)
  }
}
