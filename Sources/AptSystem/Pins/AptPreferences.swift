internal import CAptPkg
internal import Glibc

/// Preferences for one plan: those of the node, with other pins in place of apt-gate's own file.
enum AptPreferences {
  /// Runs `body` with preferences in which `pins` stand where the file on the node stands. Nothing is written to any
  /// disk: libapt reads the pins from memory.
  static func with<Result>(_ pins: PinFile, _ body: (inout capt_preferences) throws -> Result) throws -> Result {
    var strings = CStrings()
    defer { strings.free() }
    var preferences = capt_preferences(replaced: strings.add(PinFile.name), replacement: nil)
    guard !pins.holds.isEmpty else { return try body(&preferences) }
    let descriptor = try memory(holding: pins.text)
    defer { close(descriptor) }
    preferences.replacement = strings.add("/proc/self/fd/\(descriptor)")
    return try body(&preferences)
  }

  private static func memory(holding text: String) throws -> Int32 {
    let descriptor = capt_memory_file()
    guard descriptor >= 0, DurableWrite.write(text, to: descriptor) else {
      let problem = DurableWrite.problem
      if descriptor >= 0 { close(descriptor) }
      throw AptSystemError(
        code: .pinsFailed, message: "pins cannot be tried: \(problem)", advice: "see whether memory is left")
    }
    return descriptor
  }
}
