import Documents
import GateModel
import Testing

/// A kind of document that no room knows, read as a room would read it.
private struct Sample: Equatable {
  enum Colour: String, CaseIterable { case red, green }

  var name: String?
  var colour: Colour?
  var count: Int?
  var isOn: Bool?
  var wait: Duration?

  static func read(_ text: String) -> (Sample?, [Diagnostic]) {
    let collector = DiagnosticCollector(source: DocumentSource(name: "sample.yaml", text: text))
    let sample = YamlComposer.compose(collector).flatMap { read($0, collector) }
    return (sample, collector.diagnostics)
  }

  private static func read(_ root: YamlNode, _ collector: DiagnosticCollector) -> Sample? {
    let keys = ["apiVersion", "name", "colour", "count", "isOn", "wait"]
    guard let reader = MappingReader(root, "a sample", keys: keys, collector) else { return nil }
    collector.checkVersion(reader, of: "samples", is: "sample/v1")
    var sample = Sample()
    sample.name = reader.required("name").flatMap { collector.identifier($0, "`name`", example: "a-b") }
    sample.colour = reader["colour"].flatMap { collector.word($0, "colour") }
    sample.count = reader["count"].flatMap { collector.number($0, "`count`", in: 1...9) }
    sample.isOn = reader["isOn"].flatMap { collector.boolean($0, "`isOn`") }
    sample.wait = reader["wait"].flatMap { collector.duration($0, "`wait`") }
    return sample
  }
}

@Suite struct DocumentTests {
  @Test func typedValuesAreRead() {
    let (sample, diagnostics) = Sample.read(
      "apiVersion: sample/v1\nname: a-1\ncolour: green\ncount: 3\nisOn: true\nwait: 1d12h\n")
    #expect(diagnostics == [])
    #expect(sample == Sample(name: "a-1", colour: .green, count: 3, isOn: true, wait: .seconds(129_600)))
  }

  @Test func allErrorsAreSaidAtOnceWithTheirPlaces() {
    let (_, diagnostics) = Sample.read(
      "apiVersion: sample/v2\nname: no\ncolor: red\ncolour: gren\ncount: 12\nisOn: yes\nwait: soon\n")
    #expect(
      diagnostics.map(\.rendered).joined(separator: "\n") == """
        sample.yaml:3:1: error: unknown key `color` in a sample
          3 | color: red
            | ^
          = did you mean `colour`?
        sample.yaml:1:13: error: `sample/v2` is no version of samples that this apt-gate reads
          1 | apiVersion: sample/v2
            |             ^
          = write `sample/v1`
        sample.yaml:2:7: error: `name` is text; `no` without quotes is a boolean
          2 | name: no
            |       ^
          = write "no"
        sample.yaml:4:9: error: `gren` is no colour
          4 | colour: gren
            |         ^
          = did you mean `green`?
        sample.yaml:5:8: error: `count` is a whole number from 1 to 9, not `12`
          5 | count: 12
            |        ^
        sample.yaml:6:7: error: `isOn` is `true` or `false`, not `yes`
          6 | isOn: yes
            |       ^
          = write `true`
        sample.yaml:7:7: error: `soon` is no duration
          7 | wait: soon
            |       ^
          = such as `90m`, `36h`, `3d` or `1d12h`
        """)
  }

  @Test func missingKeyIsSaidUnlessItWasMisspelt() {
    #expect(Sample.read("apiVersion: sample/v1\n").1.map(\.code) == [.missingKey])
    #expect(Sample.read("apiVersion: sample/v1\nnane: a\n").1.map(\.code) == [.unknownKey])
  }

  @Test func sortedByFileAndPlace() {
    let (_, diagnostics) = Sample.read("apiVersion: x\nkolour: red\ncount: q\n")
    let sorted = diagnostics.sorted(by: Diagnostic.inPlaceOrder)
    #expect(sorted.map(\.position.line) == [1, 1, 2, 3])
  }

  /// However many warnings there are, an error is never lost among them.
  @Test func warningsDoNotCrowdErrorsOut() {
    let collector = DiagnosticCollector(source: DocumentSource(name: "x", text: "a"))
    for _ in 0..<500 { collector.warning(.broad, at: .start, "hm") }
    collector.error(.syntax, at: .start, "no")
    #expect(collector.diagnostics.contains { $0.severity == .error })
    #expect(collector.diagnostics.count <= DiagnosticCollector.mostDiagnostics + 1)
  }
}

extension Diagnostic.Code {
  /// A room's own code.
  fileprivate static let broad = Diagnostic.Code("broad")
}

@Suite("lines of a document") struct DocumentLineTests {
  @Test(arguments: [
    ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
    ("\n\r\n\r", ["", "", "", ""]), ("\r\r\n\n", ["", "", "", ""]), ("é\r\nä", ["é", "ä"]),
  ])
  func endAsLibyamlCountsThem(_ text: String, _ lines: [String]) {
    let collector = DiagnosticCollector(source: DocumentSource(name: "a.yaml", text: text))
    #expect((0...lines.count + 1).map(collector.line) == [nil] + lines + [nil])
  }
}
