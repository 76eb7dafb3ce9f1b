import CEL
import Testing

/// Facts of the language definition, each an expression and its value.
@Suite struct LanguageTests {
  @Test(arguments: [
    ("1 + 2 * 3 - 4 / 2 % 3", "5"), ("-9223372036854775808", "-9223372036854775808"), ("--5", "5"), ("!!true", "true"),
    (".5 + 1e-1", "0.6"), ("0xFFu", "255u"), ("7 / -2", "-3"), ("-7 % 3", "-1"), ("2.0 / 0.0", "inf"),
    ("9223372036854775807 + 1", "error: the result of `+` is out of range"),
    ("-9223372036854775808 / -1", "error: the result of `/` is out of range"),
    ("1 / 0", "error: division by zero"), ("0u - 1u", "error: the result of `-` is out of range"),
    ("int('9223372036854775808')", "error: `9223372036854775808` is not a whole number"),
    ("int(-1.9)", "-1"), ("uint(-1)", "error: `-1` is out of the range of `uint`"), ("double('1e3')", "1000.0"),
    ("string(1.0)", "'1'"), ("string(-0.001)", "'-0.001'"), ("bool('T')", "true"),
    ("string(b'\\xe2\\x9c\\x8c')", "'\u{270C}'"), ("bytes('\u{e9}')", "bc3.a9"),
  ])
  func numbersAndConversions(_ expression: String, _ expected: String) {
    #expect(Evaluation.text(expression) == expected)
  }

  @Test(arguments: [
    ("dyn(1) == 1.0", "true"), ("dyn(1) == 1u", "true"), ("1 < 2u", "true"), ("-1 < 0u", "true"), ("1.5 > 1", "true"),
    ("dyn('1') == 1", "false"), ("[1, dyn('a')] == [dyn(1.0), 'a']", "true"), ("{1: 2} == {dyn(1u): 2}", "true"),
    ("double('NaN') == double('NaN')", "false"), ("[double('NaN')] != [double('NaN')]", "true"),
    ("double('NaN') < 1.0 || double('NaN') >= 1.0", "false"), ("null == dyn(0)", "false"),
    ("1 in [dyn(1.0)]", "true"), ("dyn(1.0) in {1: 'a'}", "true"), ("b'a' < b'b'", "true"), ("false < true", "true"),
    ("'e\u{301}' == '\u{e9}'", "false"), ("'\u{FFFF}' < '\u{10000}'", "true"), ("'' < 'a'", "true"),
    ("type(1) == int && type(type(1)) == type", "true"), ("{1: 1, 1u: 2}", "error: the map has a key twice"),
  ])
  func equalityAndOrder(_ expression: String, _ expected: String) {
    #expect(Evaluation.text(expression) == expected)
  }

  @Test(arguments: [
    ("1/0 == 1 || true", "true"), ("true || 1/0 == 1", "true"), ("1/0 == 1 && false", "false"),
    ("false && 1/0 == 1", "false"), ("1/0 == 1 || false", "error: division by zero"),
    ("true ? 1 : 1/0", "1"), ("[1, 0].exists(x, 1/x == 1)", "true"), ("[0, 1].exists(x, 1/x == 1)", "true"),
    ("[0, 2].exists(x, 1/x == 1)", "error: division by zero"), ("[0, 2].all(x, 1/x == 1)", "false"),
    ("[0, 1].exists_one(x, 1/x == 1)", "error: division by zero"), ("[1, 2].map(x, x > 1, x * 2)", "[4]"),
    ("{'a': 1, 'b': 2}.filter(k, k != 'a')", "['b']"), ("{'a': 1}.all(k, v, k == 'a' && v == 1)", "true"),
    ("[5, 6].transformMap(i, v, i + v)", "{0: 5, 1: 7}"), ("[1].transformMapEntry(i, v, {v: i})", "{1: 0}"),
    ("cel.bind(a, 1, cel.bind(a, a + 1, a * 10))", "20"), ("has({'a': 1}.a) && !has({'a': 1}.b)", "true"),
    ("optional.of(1).optMap(x, x + 1)", "optional(2)"), ("optional.none().or(optional.of(2)).value()", "2"),
    ("[1, 2][?5].orValue(7)", "7"), ("{'a': {'b': 1}}.?a.?c.hasValue()", "false"), ("{?'a': optional.none()}", "{}"),
    ("optional.none().value()", "error: the optional holds nothing"), ("optional.unwrap([optional.of(1)])", "[1]"),
  ])
  func logicAndMacros(_ expression: String, _ expected: String) {
    #expect(Evaluation.text(expression) == expected)
  }

  @Test(arguments: [
    ("size('a\u{1F600}')", "2"), ("'\u{1F600}b'.charAt(1)", "'b'"), ("'tacocat'.substring(2, 4)", "'co'"),
    ("'aXbX'.replace('X', '-', 1)", "'a-bX'"), ("'ab'.replace('', '-')", "'-a-b-'"),
    ("'ab'.replace('', '-', 2)", "'-a-b'"),
    ("'a,b,c'.split(',', 2)", "['a', 'b,c']"), ("'a\u{1F600}'.split('')", "['a', '\u{1F600}']"),
    ("' \\t x\u{2003} '.trim()", "'x'"), ("''.trim()", "''"), ("'tacocat'.lastIndexOf('ac', 3)", "1"),
    ("'ab'.reverse()", "'ba'"),
    ("['a', 'b'].join('-')", "'a-b'"),
    ("'%.2f|%5'.format([1, 2])", "error: `%5` is not a clause; use one of s d f e b o x X"),
    ("'%s %x'.format([{'b': [1, 2.5], 'a': null}, b'\\xff'])", "'{a: null, b: [1, 2.5]} ff'"),
    ("'a.b'.matches('a.b') && !'axb'.matches('^a[.]b$')", "true"), ("math.greatest(1, 2.5, 2u)", "2.5"),
    ("math.bitShiftRight(-1, 60)", "15"), ("math.round(-1.5)", "-2.0"), ("math.sign(-3)", "-1"),
    ("base64.encode(b'hi')", "'aGk='"), ("base64.decode('aGk')", "b68.69"), ("math.greatest([1, 3, 2])", "3"),
  ])
  func libraries(_ expression: String, _ expected: String) {
    #expect(Evaluation.text(expression) == expected)
  }
}
