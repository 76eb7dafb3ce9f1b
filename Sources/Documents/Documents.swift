// Documents: what people write for apt-gate in YAML, with the place of every word of it.
//
// Knows: YAML nodes and where they stand, typed values, and how to say what is wrong: all errors of a file at once, each as
// `file:line:col: error: ...` with the source line, a caret and what to do.
// Must never know: what any document is about, files, the clock. Values in, values out.
//
// To read a kind of document: `YamlComposer.compose` gives the root, `MappingReader` its keys, `DiagnosticCollector`'s
// methods the typed values; each reports what it refuses and gives nil, so that reading goes on to the next error.
