import ArgumentParser
import CoordinatorAPI
import Documents
import GateModel
import Policy

/// `apt-gate fleet bundle sign`: a folder of policies as one signed file. Asks nobody.
struct FleetBundleSignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Check a folder of policies and sign it; prints what `fleet bundle publish` takes.",
    discussion: """
      Each policy is a folder with policy.yaml and tests.yaml in it. Nothing is signed if a policy is broken or a test \
      fails: the exit code is then 3.
      """)

  @Argument(help: "The folder of policies.", completion: .directory) var folder: String
  @Option(help: ArgumentHelp("Greater than the one in force.", valueName: "number")) var version: Int
  @Option(help: ArgumentHelp("The publisher's name in the configurations.", valueName: "name")) var signer: String
  @Option(help: ArgumentHelp("The file of `fleet bundle key`.", valueName: "file"), completion: .file())
  var key: String

  func run() throws {
    let pair = try PublisherKeyPair(file: key)
    let folders = try PolicyFolders(folders: [folder]).read(tests: true)
    let load = PolicySet.load(folders.compactMap(\.policy))
    try StandardStream.error.tell(load.diagnostics)
    guard !load.diagnostics.contains(where: { $0.severity == .error }), PolicyTestSuite(folders).passed else {
      throw CommandFailure(
        message: "the policies in `\(folder)` are broken, or a test of theirs fails, so they are not signed",
        hint: "`apt-gate policy check \(folder)` and `apt-gate policy test \(folder)` say more", status: .checkFailed)
    }
    let bundle = PolicyBundle(version: version, created: .now, files: folders.flatMap(\.files))
    if let problem = bundle.problem {
      throw CommandFailure(message: "the policies in `\(folder)` make no bundle: \(problem)", hint: nil)
    }
    let signed = try SignedPolicyBundle(bundle, by: signer, key: pair.privateKey)
    try StandardStream.output.write(String(decoding: try signed.json, as: UTF8.self) + "\n")
  }
}

extension PolicyTestSuite.Folder {
  fileprivate var files: [PolicyBundle.File] {
    [(policy, "policy.yaml"), (tests, "tests.yaml")].compactMap { source, file in
      source.map { PolicyBundle.File(path: "\(name)/\(file)", text: $0.text) }
    }
  }
}
