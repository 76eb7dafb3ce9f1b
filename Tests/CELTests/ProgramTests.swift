import CEL
import Testing

@Test func addsNumbers() throws {
  let program = try Environment().compile("1 + 2 == 3")
  #expect(try program.evaluateBool(Environment().activation()))
}
