import Foundation

/// A small package with one of everything, built by dpkg-deb.
enum SampleDeb {
  static let postinst = "#!/bin/sh\nset -e\nsystemctl try-restart hello.service\n"
  static let unit = "[Service]\nExecStart=/usr/bin/hello\n"
  static let settings = "greeting=hello\n"
  static let longName = String(repeating: "directory/", count: 24) + "file"

  /// dpkg-deb's names of its compressions.
  static let compressions = ["none", "gzip", "xz", "zstd"]

  static func bytes(compression: String) throws -> [UInt8] {
    try Tool.withTemporaryDirectory { directory in
      let tree = directory.appendingPathComponent("tree")
      try write(DebWriter.plainControl, "DEBIAN/control", tree)
      try write(postinst, "DEBIAN/postinst", tree, mode: 0o755)
      try write("/etc/hello.conf\n", "DEBIAN/conffiles", tree)
      try write("# why\ninterest-noawait hello-changed\nactivate ldconfig # now\n", "DEBIAN/triggers", tree)
      try write(settings, "etc/hello.conf", tree)
      try write(unit, "usr/lib/systemd/system/hello.service", tree)
      try write("x", "opt/\(longName)", tree)
      try write("#!/bin/bash\ntrue\n", "opt/hello/run", tree, mode: 0o755)
      let link = tree.appendingPathComponent("usr/lib/systemd/system/hi.service").path
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "hello.service")
      try Tool.run([
        "dpkg-deb", "--root-owner-group", "-Z\(compression)", "-b", tree.path, directory.path + "/sample.deb",
      ])
      return Array(try Data(contentsOf: directory.appendingPathComponent("sample.deb")))
    }
  }

  private static func write(_ text: String, _ path: String, _ tree: URL, mode: Int = 0o644) throws {
    let file = tree.appendingPathComponent(path)
    let parent = file.deletingLastPathComponent()
    try FileManager.default.createDirectory(
      at: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }
}
