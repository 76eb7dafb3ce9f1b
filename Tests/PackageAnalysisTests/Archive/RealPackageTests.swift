import Foundation
import GateModel
import PackageAnalysis
import Testing

/// Third-party truth: dpkg-deb reads the same in packages that Debian's archive serves.
@Suite(.serialized) struct RealPackageTests {
  private static let packages = ["openssh-server", "libc6", "nginx-common", "linux-image-amd64", "man-db"]

  /// Whether apt could fetch one of the packages now.
  private static let archiveIsReachable: Bool = {
    guard Tool.exists("dpkg-deb"), Tool.exists("apt-get") else { return false }
    return (try? fetch(["linux-image-amd64"], { $0.count == 1 })) == true
  }()

  private static func fetch<Result>(_ names: [String], _ body: ([URL]) throws -> Result) throws -> Result {
    try Tool.withTemporaryDirectory { directory in
      try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: directory.path)
      try Tool.run(["apt-get", "-q", "-o", "Acquire::Retries=1", "download"] + names, in: directory)
      let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
      return try body(files.filter { $0.pathExtension == "deb" })
    }
  }

  @Test(.enabled(if: archiveIsReachable, "needs apt's lists and a reachable archive"))
  func readsWhatDpkgDebReads() throws {
    try Self.fetch(Self.packages) { files in
      #expect(files.count == Self.packages.count)
      for file in files { try compare(file) }
    }
  }

  private func compare(_ file: URL) throws {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    let start = ContinuousClock.now
    let archive = try DebianArchive { Array(try handle.read(upToCount: $0) ?? Data()) }
    let contents = archive.contents
    print("read \(file.lastPathComponent) in \(ContinuousClock.now - start)")
    try handle.seek(toOffset: 0)
    let again = try DebianArchive(extract: archive.extract) { Array(try handle.read(upToCount: $0) ?? Data()) }
    #expect(DataExtractTests.fields(again.contents) == DataExtractTests.fields(contents))
    let field = { (name: String) in
      String(decoding: try Tool.run(["dpkg-deb", "--field", file.path, name]), as: UTF8.self)
        .trimmingCharacters(in: .newlines)
    }
    #expect(contents.name == (try field("Package")))
    #expect(contents.version.text == (try field("Version")))
    #expect(contents.architecture == (try field("Architecture")))
    #expect(contents.files.map(\.path).sorted() == (try listedByTar(file)).sorted())
    try compareControl(contents, file)
  }

  /// Paths of all entries but directories, as dpkg-deb's data stream and tar list them.
  private func listedByTar(_ file: URL) throws -> [String] {
    let command = "dpkg-deb --fsys-tarfile \"$0\" | tar --list --quoting-style=literal --file=-"
    let listing = String(decoding: try Tool.run(["sh", "-c", command, file.path]), as: UTF8.self)
    return listing.split(separator: "\n").filter { !$0.hasSuffix("/") }.map { String($0.dropFirst()) }
  }

  private func compareControl(_ contents: PackageContents, _ file: URL) throws {
    try Tool.withTemporaryDirectory { directory in
      let control = directory.appendingPathComponent("control")
      try Tool.run(["dpkg-deb", "--raw-extract", file.path, control.path])
      for name in MaintainerScript.Name.allCases {
        let bytes = try? Data(contentsOf: control.appendingPathComponent("DEBIAN/\(name.rawValue)"))
        #expect(contents.scripts[name]?.bytes == bytes.map { Array($0) }, "\(contents.name).\(name)")
      }
      for conffile in contents.conffiles {
        let output = try Tool.run(["md5sum", control.path + conffile.path])
        #expect(conffile.packagedDigest == String(decoding: output.prefix(32), as: UTF8.self))
      }
      for (path, text) in contents.texts {
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: control.path + path))) == text)
      }
    }
  }
}
