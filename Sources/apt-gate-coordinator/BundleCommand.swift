import ArgumentParser
import CoordinatorAPI
import Crypto
import Foundation
import GateModel

struct BundleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "Policies for the whole fleet: signed, versioned, never backwards.",
    subcommands: [BundleKeyCommand.self, BundleSignCommand.self])
}

struct BundleKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make a publisher's key; prints the public half for the configuration.")

  @Argument(help: "Where the private half goes; the file must not exist.") var file: String

  func run() async throws {
    let key = Curve25519.Signing.PrivateKey()
    let text = key.rawRepresentation.base64EncodedString() + "\n"
    guard FileManager.default.fileExists(atPath: file) == false,
      FileManager.default.createFile(atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw Failure("cannot make `\(file)`; name a file that does not exist in a folder that you may write") }
    print(key.publicKey.rawRepresentation.base64EncodedString())
  }
}

struct BundleSignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign a folder of policies; prints what `PUT /v1/policy-bundle` takes.",
    discussion: "Each policy is a folder with policy.yaml and tests.yaml in it. No configuration and no store is read.")

  @Argument(help: "The folder of policies.") var folder: String
  @Option(help: ArgumentHelp("Greater than the one in force.", valueName: "number")) var version: Int
  @Option(help: ArgumentHelp("The publisher's name in the configuration.", valueName: "name")) var signer: String
  @Option(help: ArgumentHelp("The file of `bundle key`.", valueName: "file"), completion: .file()) var key: String

  func run() async throws {
    guard let text = try? String(contentsOfFile: key, encoding: .utf8),
      let secret = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)), secret.count == 32
    else { throw Failure("`\(key)` is no key of `bundle key`") }
    let bundle = PolicyBundle(version: version, created: WallClock.now(), files: try files())
    if let problem = bundle.problem { throw Failure("the bundle cannot be signed: \(problem)") }
    let signed = try SignedPolicyBundle(bundle, by: signer, key: Array(secret))
    print(String(decoding: try JSONEncoder().encode(signed), as: UTF8.self))
  }

  private func files() throws -> [PolicyBundle.File] {
    let manager = FileManager.default
    guard let names = try? manager.contentsOfDirectory(atPath: folder) else {
      throw Failure("cannot read the folder `\(folder)`")
    }
    return try names.sorted().flatMap { name -> [PolicyBundle.File] in
      try ["policy.yaml", "tests.yaml"].compactMap { file in
        let path = "\(folder)/\(name)/\(file)"
        guard let bytes = manager.contents(atPath: path) else { return nil }
        guard let text = String(data: bytes, encoding: .utf8) else { throw Failure("`\(path)` is not UTF-8") }
        return PolicyBundle.File(path: "\(name)/\(file)", text: text)
      }
    }
  }
}
