import ArgumentParser
import CoordinatorAPI
import Glibc

/// `apt-gate fleet bundle key`: a publisher's key.
struct FleetBundleKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make a publisher's key; prints the public half for the configurations.",
    discussion: "With `--show` it prints the public half of a key that is there.")

  @Argument(help: "Where the private half goes; the file must not exist.") var file: String
  @Flag(help: "Make none; print the public half of the one in the file.") var show = false

  func run() throws {
    let pair = show ? try PublisherKeyPair(file: file) : PublisherKeyPair()
    guard let text = pair.publicText else { throw CommandFailure(message: "`\(file)` has no key in it", hint: nil) }
    if !show { try write(pair.text) }
    try StandardStream.output.write(text + "\n")
  }

  private func write(_ text: String) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let bytes = Array((text + "\n").utf8)
    guard descriptor >= 0, bytes.withUnsafeBytes({ Glibc.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count,
      fsync(descriptor) == 0
    else {
      throw CommandFailure(
        message: "cannot make `\(file)`: \(SystemError.text(SystemError.last))",
        hint: "name a file that does not exist in a folder that you may write")
    }
    close(descriptor)
  }
}

extension PublisherKeyPair {
  /// Throws ``CommandFailure`` unless `file` is one that `fleet bundle key` made.
  init(file: String) throws {
    guard let text = TextFile.contents(of: file), let pair = PublisherKeyPair(text: text) else {
      throw CommandFailure(
        message: "`\(file)` has no publisher's key in it", hint: "`apt-gate fleet bundle key FILE` makes one")
    }
    self = pair
  }
}
