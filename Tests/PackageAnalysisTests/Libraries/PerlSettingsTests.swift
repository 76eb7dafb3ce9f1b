import Testing

@testable import PackageAnalysis

@Suite struct PerlSettingsTests {
  private func read(_ text: String) -> PerlSettings {
    var settings = PerlSettings(hash: "nrconf")
    settings.read(Array(text.utf8), file: "f")
    return settings
  }

  private func known(_ text: String, _ key: String) -> PerlSettings.Value? {
    guard case .known(let value) = read(text)[key] else { return nil }
    return value
  }

  @Test(arguments: [
    ("$nrconf{restart} = 'a';", PerlSettings.Value.text("a")), ("$nrconf{restart} = \"l\" ;", .text("l")),
    ("$nrconf{'restart'} = q(i);", .text("i")), ("$nrconf{restart}\n=\n'a' # why\n;", .text("a")),
    ("$nrconf{restart} = 'a'; $nrconf{restart} = 'l'", .text("l")), ("$nrconf{restart} = -1;", .text("-1")),
    ("$nrconf{restart} = qr(^a(b|c)$)i;", .pattern(PerlPattern(text: "^a(b|c)$", flags: "i"))),
    ("$nrconf{restart} = qr#^/(var)?/tmp/#;", .pattern(PerlPattern(text: "^/(var)?/tmp/"))),
    ("$nrconf{restart} = qr/a\\/b/;", .pattern(PerlPattern(text: "a\\/b"))),
    ("$nrconf{restart} = [ qr(a), 'b', ];", .list([.pattern(PerlPattern(text: "a")), .text("b")])),
    ("$nrconf{restart} = [];", .list([])), ("$nrconf{restart} = [qw(a b)];", .list([.text("a"), .text("b")])),
    ("push(@{$nrconf{restart}}, 'a', 'b');", .list([.text("a"), .text("b")])),
    ("$nrconf{restart} = ['a']; push @{$nrconf{restart}}, 'b';", .list([.text("a"), .text("b")])),
    (
      "$nrconf{restart} = { qr(^a@\\d+\\.x) => 0, b => 1 };",
      .pairs([
        .init(key: .pattern(PerlPattern(text: "^a@\\d+\\.x")), value: .text("0")),
        .init(key: .text("b"), value: .text("1")),
      ])
    ),
    (
      "$nrconf{restart}->{qr(^a)} = 0; $nrconf{restart}{b} = 1;",
      .pairs([
        .init(key: .pattern(PerlPattern(text: "^a")), value: .text("0")), .init(key: .text("b"), value: .text("1")),
      ])
    ),
    ("=pod\n$nrconf{restart} = 'x';\n=cut\n$nrconf{restart} = 'a';", .text("a")),
    ("use strict;\n$nrconf{restart} = 'a';\n1;\n__END__\n$nrconf{restart} = 'x';", .text("a")),
    ("print STDERR \"$x\\n\";\n$nrconf{restart} = 'a';", .text("a")),
    ("# $nrconf{restart} = 'x';\n$nrconf{restart} = 'a'", .text("a")),
  ])
  func literalsAreRead(text: String, expected: PerlSettings.Value) { #expect(known(text, "restart") == expected) }

  @Test func whatIsNotSetIsUnset() {
    #expect(read("")["restart"] == .unset)
    #expect(read("$other{restart} = 'a';")["restart"] == .unset)
  }

  /// What may depend on anything is unknown, and the place is named.
  @Test(arguments: [
    "$nrconf{restart} = $x;", "$nrconf{restart} = 'a' if $x;", "$nrconf{restart} = \"$x\";",
    "$nrconf{restart} = 'a' . 'b';", "$nrconf{restart} = f();", "if ($x) { $nrconf{restart} = 'a'; }",
    "$nrconf{$k} = 'a';", "%nrconf = ();", "eval $x;", "do '/etc/other';", "require Foo;", "exit 0;",
    "push @{$nrconf{restart}}, $x;", "delete $nrconf{restart};", "$nrconf{restart} = qr(^$x);", "$nrconf{restart} = 'a",
    "$nrconf{restart} = ['a'", "my $r = \\%nrconf;", "$main::nrconf{restart} = 'a';",
    "$nrconf{restart} = 'a'; $nrconf{restart}{b} = 1;",
  ])
  func otherStatementsMakeItUnknown(text: String) {
    #expect(read("\n\(text)")["restart"] == .unknown("f:2"))
  }

  @Test func anUnknownStatementSpoilsOnlyTheKeysThatItNames() {
    let settings = read("$nrconf{other} = f($nrconf{third});\n$nrconf{restart} = 'a';")
    #expect(settings["restart"] == .known(.text("a")))
    #expect(settings["other"] == .unknown("f:1"))
    #expect(settings["third"] == .unknown("f:1"))
  }

  /// A plain assignment afterwards settles what was not known.
  @Test func theLastPlainAssignmentCounts() {
    #expect(known("$nrconf{restart} = f();\n$nrconf{restart} = 'l';", "restart") == .text("l"))
  }

  @Test func foldersThatAreIncluded() {
    let text = """
      if(-d q(/etc/x.d)) {
        foreach my $fn (sort </etc/x.d/*.conf>) { eval do { local(@ARGV, $/) = $fn; <>}; die "$fn: $@" if($@); }
      }
      $nrconf{restart} = 'a';
      """
    #expect(read(text).includes == ["/etc/x.d"])
    #expect(known(text, "restart") == .text("a"))
  }

  @Test func noInputBreaksIt() {
    let text = Array("$nrconf{a} = { qr(^b@\\d) => 0, 'c' => [qw(d e)] }; push(@{$nrconf{f}}, \"g\");".utf8)
    for end in text.indices { _ = PerlLexer.tokens(of: Array(text[..<end])) }
    for index in text.indices {
      for byte in [UInt8(0), 0x22, 0x27, 0x28, 0x7B, 0x5C, 0xFF] {
        var damaged = text
        damaged[index] = byte
        var settings = PerlSettings(hash: "nrconf")
        settings.read(damaged, file: "f")
      }
    }
  }
}
