import Foundation

/// A repository in a booted node, beside Debian's: packages that were made for a test, or Debian's own with another version.
///
/// It says of itself what Debian's archive does, so that unattended-upgrades takes from it what it takes from there.
struct LocalRepository {
  let node: BootedNode

  private static let folder = "/srv/lab"

  /// A package of one file, with these fields in its control file besides those that all have.
  func add(_ name: String, _ version: String, fields: String = "") async throws {
    try await node.shell(
      """
      tree=$(mktemp -d); chmod 755 $tree; mkdir -p $tree/DEBIAN $tree/usr/share/\(name) \(Self.folder)
      printf '%s\\n' \(version) > $tree/usr/share/\(name)/version
      printf 'Package: \(name)\\nVersion: \(version)\\nArchitecture: all\\n' > $tree/DEBIAN/control
      printf 'Maintainer: Test <test@example.org>\\nDescription: made by a test\\n\(fields)' >> $tree/DEBIAN/control
      dpkg-deb --root-owner-group -Znone --build $tree \(Self.folder)/\(name)_\(version)_all.deb > /dev/null
      rm -rf $tree
      """)
    try await index()
  }

  /// A copy of the .deb at `path` in the node in which the version `from` is called `to`, in all its fields.
  func add(copyOf path: String, from: String, to: String) async throws {
    try await node.shell(Self.repack(path, from: from, to: to, into: Self.folder))
    try await index()
  }

  /// Shell that makes a .deb with another version out of one, in a folder.
  static func repack(_ path: String, from: String, to: String, into folder: String) -> String {
    """
    mkdir -p \(folder); tree=$(mktemp -d)
    dpkg-deb -R \(path) $tree
    sed -i '/^\\(Version\\|Depends\\|Pre-Depends\\|Breaks\\|Replaces\\|Conflicts\\|Provides\\):/s/\(from)/\(to)/g' $tree/DEBIAN/control
    grep -qx 'Version: \(to)' $tree/DEBIAN/control
    name=$(basename \(path) .deb); dpkg-deb -Znone --build $tree \(folder)/${name%%_*}-\(to).deb > /dev/null
    rm -rf $tree
    """
  }

  /// Writes the lists anew and has apt read them; Debian's own stay as they are. Then as if `apt-get update` had
  /// succeeded, with what apt calls after it.
  func index() async throws {
    try await node.shell(
      """
      cd \(Self.folder); : > Packages
      for deb in *.deb; do
        dpkg-deb -f "$deb"
        printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
      done > Packages
      printf 'Origin: Debian\\nLabel: Debian\\nSuite: stable\\nCodename: bookworm\\nArchitectures: amd64 arm64\\n' > Release
      printf 'Date: %s\\nSHA256:\\n %s %s Packages\\n' "$(date -uR)" "$(sha256sum Packages | cut -d' ' -f1)" \
        "$(stat -c %s Packages)" >> Release
      echo 'deb [trusted=yes] file:\(Self.folder) ./' > /etc/apt/sources.list.d/lab.list
      apt-get -qq -o Dir::Etc::SourceList=/etc/apt/sources.list.d/lab.list -o Dir::Etc::SourceParts=/dev/null \
        -o APT::Get::List-Cleanup=false update
      """)
  }
}
