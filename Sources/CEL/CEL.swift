// CEL: the Common Expression Language (github.com/google/cel-spec, doc/langdef.md), as a library of its own.
//
// Knows: the language, its types, its standard functions and extensions, how much an expression may cost.
// Must never know: packages, policies, nodes, or anything else of the product it is used in.
//
// The way through: `Environment` declares what an expression may use; `parse` gives a `ParsedExpression`, `check` a
// `CheckedExpression` with types and a cost bound, `program` a `Program` that is evaluated many times against an
// `Activation`. Every stage reports all its errors at once, as `Issue`s with positions.
