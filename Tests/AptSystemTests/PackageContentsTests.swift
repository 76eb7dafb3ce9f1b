import AptSystem
import Foundation
import GateModel
import PackageAnalysis
import Testing

/// What dpkg's database says of installed packages and of triggers.
@Suite struct PackageContentsTests {
  @Test func installedPackage() throws {
    let root = try prepared()
    let contents = try #require(try source(root).installed(name: "tool", architecture: "amd64"))
    #expect(contents.version == PackageVersion("1.0") && contents.source == "tool-src")
    #expect(contents.architecture == "amd64" && contents.basis == .installed)
    #expect(contents.scripts.keys.sorted { $0.rawValue < $1.rawValue } == [.postinst, .prerm])
    #expect(contents.scripts[.postinst]?.bytes == Array("#!/bin/sh\n\u{e9}\n".utf8))
    #expect(
      contents.files == [
        PackagedFile(path: "/etc/tool.conf"), PackagedFile(path: "/etc/tool with space"),
        PackagedFile(path: "/usr/bin/gone"), PackagedFile(path: "/usr/bin/tool", linkTarget: "../lib/tool"),
      ])
    #expect(
      contents.conffiles == [
        Conffile(
          path: "/etc/tool.conf", packagedDigest: "d41d8cd98f00b204e9800998ecf8427e",
          nodeDigest: "5d41402abc4b2a76b9719d911017c592"),
        Conffile(path: "/etc/tool with space", packagedDigest: "d41d8cd98f00b204e9800998ecf8427e", nodeDigest: nil),
      ])
    #expect(
      contents.triggers == [
        TriggerDeclaration(directive: .interestNoawait, trigger: "/usr/lib/tool"),
        TriggerDeclaration(directive: .activate, trigger: "ldconfig"),
      ])
  }

  @Test func sameMultiArchIsQualified() throws {
    let root = try prepared()
    let contents = try #require(try source(root).installed(name: "lib", architecture: "amd64"))
    #expect(contents.files == [PackagedFile(path: "/usr/lib/lib.so")])
  }

  @Test(arguments: ["absent", "../tool", ".", "", "to/ol", "a\0b"]) func nameThatIsNotInstalled(_ name: String) throws {
    #expect(try source(prepared()).installed(name: name, architecture: "amd64") == nil)
  }

  @Test func triggerInterests() throws {
    let root = try prepared()
    #expect(
      try source(root).triggerInterests() == [
        TriggerInterest(package: "tool", architecture: "amd64", trigger: "/usr/lib/tool dir"),
        TriggerInterest(package: "lib", architecture: "i386", trigger: "/usr/lib/other"),
        TriggerInterest(package: "tool", architecture: "amd64", trigger: "ldconfig"),
      ])
  }

  @Test func hostileDatabaseFilesAreLeftOut() throws {
    let root = try prepared()
    let info = "\(root.path)/var/lib/dpkg/info"
    try FileManager.default.removeItem(atPath: "\(info)/tool.postinst")
    _ = try Command.output(["mkfifo", "\(info)/tool.postinst", "\(info)/tool.preinst"])
    try root.write("var/lib/dpkg/info/tool.list", "/.\n/../etc/shadow\nrelative\n/a/./b\n/..\n/ok\n/\u{0}x\n\n")
    let contents = try #require(try source(root).installed(name: "tool", architecture: "amd64"))
    #expect(contents.scripts.keys.map(\.rawValue) == ["prerm"])
    #expect(contents.files == [PackagedFile(path: "/ok")])
  }

  @Test func nodeFilesStayBelowTheirRoot() throws {
    let root = try prepared()
    try root.write("etc/default/tool", "A=1\n")
    try FileManager.default.createSymbolicLink(
      atPath: "\(root.path)/etc/link", withDestinationPath: "/etc/default/tool")
    _ = try Command.output(["mkfifo", "\(root.path)/etc/pipe"])
    let files = NodeRootFiles(root: root.path)
    #expect(files.contents(of: "/etc/default/tool", limit: 100) == Array("A=1\n".utf8))
    #expect(files.contents(of: "/etc/link", limit: 100) == Array("A=1\n".utf8))
    #expect(files.contents(of: "/../../../etc/passwd", limit: 1 << 20) == nil)
    #expect(files.contents(of: "/etc/default/tool", limit: 3) == nil)
    for path in ["/etc/pipe", "/etc", "/absent", "relative", "/a\0b"] {
      #expect(files.contents(of: path, limit: 100) == nil, "\(path)")
    }
    #expect(files.names(in: "/etc/default") == ["tool"])
    #expect(files.names(in: "/etc/default/tool") == nil)
    #expect(NodeRootFiles().names(in: "/etc")?.contains("passwd") == true)
  }

  private func source(_ root: TestRoot) throws -> AptPackageContents {
    AptPackageContents(collector: try root.collector()) { path in throw Command.Failure(description: path) }
  }

  private func prepared() throws -> TestRoot {
    let root = try TestRoot(architectures: ["amd64", "i386"])
    let empty = "d41d8cd98f00b204e9800998ecf8427e"
    let conffiles = "\n /etc/tool.conf \(empty)\n /etc/tool with space \(empty)\n /etc/old \(empty) obsolete"
    let same: KeyValuePairs = ["Multi-Arch": "same"]
    try root.install([
      Stanza("tool", "1.0", ["Source": "tool-src", "Conffiles": conffiles]), Stanza("lib", "1.0", same),
      Stanza("lib", "1.0", architecture: "i386", same),
    ])
    let info = "var/lib/dpkg/info"
    try root.write("\(info)/tool.postinst", "#!/bin/sh\n\u{e9}\n")
    try root.write("\(info)/tool.prerm", "#!/bin/sh\n")
    try root.write(
      "\(info)/tool.list",
      "/.\n/etc\n/etc/tool.conf\n/etc/tool with space\n/usr\n/usr/bin\n/usr/bin/gone\n/usr/bin/tool\n/usr/empty\n")
    try root.write("\(info)/tool.triggers", "# comment\ninterest-noawait /usr/lib/tool\nactivate ldconfig # x\nodd\n")
    try root.write("\(info)/lib:amd64.list", "/.\n/usr\n/usr/lib\n/usr/lib/lib.so\n")
    try root.write("etc/tool.conf", "hello")
    try root.make("usr/empty")
    try root.make("usr/bin")
    try FileManager.default.createSymbolicLink(
      atPath: "\(root.path)/usr/bin/tool", withDestinationPath: "../lib/tool")
    try root.write(
      "var/lib/dpkg/triggers/File",
      "/usr/lib/tool dir tool/noawait\n/usr/lib/other lib:i386\n/x not-installed\nodd tool\n")
    try root.write("var/lib/dpkg/triggers/ldconfig", "tool\n")
    try root.write("var/lib/dpkg/triggers/Unincorp", "ldconfig tool\n")
    return root
  }
}

/// The same on the machine that the tests run on, against dpkg's own words.
@Suite struct RealDatabaseTests {
  @Test(arguments: ["dpkg", "libc6", "bash", "base-files"]) func filesAreThoseOfDpkg(_ name: String) throws {
    let collector = try AptCollector()
    let source = AptPackageContents(collector: collector) { path in throw Command.Failure(description: path) }
    let contents = try #require(try source.installed(name: name, architecture: String(RealMachine.native)))
    let listed = try Command.output(["dpkg-query", "--listfiles", name]).split(separator: "\n").map(String.init)
    let expected = listed.filter { path in
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      // A directory of the package may be a link on a merged /usr, and absent through dpkg's path-exclude.
      let isParent = listed.contains { $0.hasPrefix("\(path)/") }
      return path.hasPrefix("/") && path != "/." && (isLink || !isDirectory.boolValue) && !isParent
    }
    let ours = contents.files.map(\.path)
    #expect(Set(ours).symmetricDifference(expected).sorted() == [])
    #expect(ours == expected)
    let version = try Command.output(["dpkg-query", "-W", "-f", "${Version}", name])
    #expect(contents.version.text == version)
  }

  @Test func conffileDigestsAreThoseOfDpkg() throws {
    let source = AptPackageContents(collector: try AptCollector()) { path in throw Command.Failure(description: path) }
    let contents = try #require(try source.installed(name: "bash", architecture: String(RealMachine.native)))
    let field = try Command.output(["dpkg-query", "-W", "-f", "${Conffiles}", "bash"])
    let words = field.split(separator: "\n").map { $0.split(separator: " ").prefix(2).map(String.init) }
    #expect(!words.isEmpty)
    #expect(contents.conffiles.map { [$0.path, $0.packagedDigest ?? ""] } == words)
    for conffile in contents.conffiles where FileManager.default.fileExists(atPath: conffile.path) {
      #expect(try Command.output(["md5sum", conffile.path]).hasPrefix(conffile.nodeDigest ?? "none"))
    }
  }
}
