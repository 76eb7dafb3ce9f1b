// A libFuzzer target over CEL's parser, checker and evaluator. Built by Fuzz/build.

@testable import CEL
import Glibc

/// Facts of every type, so that random expressions find something to work on.
let fuzzEnvironment: Environment = {
  var environment = Environment(container: "a.b")
  environment.readsBlocks = true
  environment.declare("x", .dyn)
  environment.declare("i", .int)
  environment.declare("u", .uint)
  environment.declare("d", .double)
  environment.declare("s", .string)
  environment.declare("y", .bytes)
  environment.declare("t", .timestamp)
  environment.declare("r", .duration)
  environment.declare("l", .list(.int))
  environment.declare("m", .map(.string, .dyn))
  environment.declare("o", .optional(.int))
  environment.declare("a.b.c", .string)
  return environment
}()

let fuzzActivation: Activation = {
  var activation = fuzzEnvironment.activation()
  let values: [(String, Value)] = [
    ("x", .list([.null, .bool(true), .map(MapValue(["k": .int(1)]))])), ("i", .int(.min)), ("u", .uint(.max)),
    ("d", .double(.nan)), ("s", .string("a\u{301}b\u{1F600}c")), ("y", .bytes([0, 255])),
    ("t", .timestamp(.epoch)), ("r", .duration(Nanoseconds(.max))), ("l", .list([.int(1), .int(2), .int(3)])),
    ("m", .map(MapValue(["k": .string("v"), "n": .map(MapValue())]))), ("o", .optional(.int(1))),
    ("a.b.c", .string("c")),
  ]
  for (name, value) in values { activation[name] = value }
  return activation
}()

/// What must hold of every expression: no crash, no hang, and a checked expression gives what its type says.
func fuzz(_ text: String) {
  guard let parsed = try? fuzzEnvironment.parse(text) else { return }
  let steps = 50_000
  _ = try? fuzzEnvironment.program(unchecked: parsed).evaluate(fuzzActivation, steps: steps)
  guard let checked = try? fuzzEnvironment.check(parsed) else { return }
  let program = fuzzEnvironment.program(checked)
  _ = program.parts(fuzzActivation, steps: 2_000)
  guard let value = try? program.evaluate(fuzzActivation, steps: steps) else { return }
  if case .null = value, checked.type.isNullable { return }
  if !checked.type.accepts(value) {
    print("`\(text)` is `\(checked.type)`, but gives `\(value.typeName)`")
    abort()
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let bytes, let text = String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) else {
    return -1
  }
  fuzz(text)
  return 0
}
