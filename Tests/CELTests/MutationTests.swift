import CEL
import Testing

/// Expressions changed at random: nothing may crash, and a checked one gives what its type says.
@Suite struct MutationTests {
  private static let seeds = [
    "[1, 2, 3].exists(x, x > 2) && {'a': 1u, 'b': 2u}.all(k, v, v < 5u)",
    "cel.bind(t, timestamp('2024-02-29T12:00:00Z'), t + duration('1h') > t) ? 'a' + \"b\" : r'\\d'",
    "optional.of({'a': [1, 2.5, null]}).?a[?0].orValue(-9223372036854775808) == 0x7FFF",
    "'tacocat'.substring(1, 3).matches('[a-z]+') || cidr('10.0.0.0/8').containsIP(ip('10.0.0.1'))",
    "'%s %d %.3f'.format(['x', 1, 2.0]).split(' ').map(p, p.size() > 1, p.upperAscii())",
    "math.greatest(1, 2u, 3.0) > 2 && type(b'\\xff') == bytes && has({'a': 1}.a) && s.`a-b` == 1",
  ]
  private static let words = [
    "(", ")", "[", "]", "{", "}", ",", ":", "?", ".", ".?", "[?", "&&", "||", "!", "-", "+", "==", "in", "null", "true",
    "1", "0u",
    "1.5", "'a'", "b''", "x", "s", "\\", "'", "\"\"\"", "all(", "map(", "dyn(", "has(", "\u{1F600}", "\u{301}", "//",
    "\n", "`",
  ]

  @Test func survivesMutations() {
    let seed: UInt64 = 0x5EED_CE1
    print("mutation seed: \(seed)")
    var generator = SeededGenerator(seed: seed)
    var environment = Environment()
    environment.declare("x", .list(.int))
    environment.declare("s", .map(.string, .dyn))
    var activation = environment.activation()
    activation["x"] = .list([.int(1)])
    activation["s"] = .map(MapValue(["a-b": .int(1)]))
    var evaluated = 0
    for _ in 0..<6_000 {
      let text = Self.mutated(&generator)
      guard let parsed = try? environment.parse(text) else { continue }
      _ = try? environment.program(unchecked: parsed).evaluate(activation, steps: 10_000)
      guard let checked = try? environment.check(parsed) else { continue }
      guard let value = try? environment.program(checked).evaluate(activation, steps: 10_000) else { continue }
      evaluated += 1
      #expect(
        Self.fits(value, checked.type), "`\(text)` is `\(checked.type)` but gives `\(value.typeName)`, seed \(seed)")
    }
    #expect(evaluated > 50)
  }

  private static func fits(_ value: Value, _ type: ValueType) -> Bool {
    switch type {
    case .dyn: true
    case .timestamp, .duration, .optional, .record, .opaque: true
    default: type.description.prefix { $0 != "(" } == value.typeName[...]
    }
  }

  private static func mutated(_ generator: inout SeededGenerator) -> String {
    var scalars = Array((seeds.randomElement(using: &generator) ?? "").unicodeScalars)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 0...scalars.count, using: &generator)
      let end = min(scalars.count, place + Int.random(in: 0...6, using: &generator))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: scalars.removeSubrange(place..<end)
      case 1: scalars.insert(contentsOf: Array(scalars[place..<end]), at: place)
      default: scalars.insert(contentsOf: (words.randomElement(using: &generator) ?? "").unicodeScalars, at: place)
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
