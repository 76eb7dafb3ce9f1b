// cel-eval: answers one JSON request a line with one JSON line, until its input ends. What a line may ask and how it is
// answered is in docs/protocols/cel.md.

var lines = LineReader()
while let line = lines.next() {
  var text = ""
  switch line {
  case .whole(let bytes): Answer.answer(bytes).write(to: &text)
  case .tooLong: text = "{\"error\":\"the request is longer than \(LineReader.lengthLimit) bytes\",\"phase\":\"parse\"}"
  }
  LineWriter.write(text + "\n")
}
