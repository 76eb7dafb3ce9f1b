internal import CYaml

/// One event of libyaml's parser.
struct YamlEvent {
  enum Kind {
    case documentStart, documentEnd, streamEnd
    case alias(String)
    case scalar(YamlScalar)
    case sequenceStart, sequenceEnd
    case mappingStart, mappingEnd
  }

  var kind: Kind
  var position: DocumentPosition
  var anchor: String?
  var tag: String?
}

/// What libyaml says about text that is not YAML.
struct YamlSyntaxError: Error {
  var message: String
  var position: DocumentPosition
}

/// The events of a text, one at a time. libyaml's own limits: 1000 nested nodes, no limit on aliases
/// (they are events here and never followed).
final class YamlEvents {
  /// libyaml keeps a pointer to the parser in itself, so it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  init(_ text: String) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    input = .allocate(capacity: max(text.utf8.count, 1))
    _ = input.initialize(from: text.utf8)
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, text.utf8.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event. After `.streamEnd` or an error, do not ask again.
  func next() throws(YamlSyntaxError) -> YamlEvent {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError }
      defer { yaml_event_delete(&event) }
      if let result = YamlEvent(event) { return result }
    }
  }

  private var syntaxError: YamlSyntaxError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "not readable as YAML"
    let isReader = state.error == YAML_READER_ERROR
    let mark = isReader ? state.mark : state.problem_mark
    let context = state.context.map { String(cString: $0) + ", " } ?? ""
    return YamlSyntaxError(message: context + problem, position: DocumentPosition(mark))
  }
}

extension DocumentPosition {
  /// libyaml counts from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(clamping: mark.line) &+ 1, column: Int(clamping: mark.column) &+ 1)
  }
}

extension YamlEvent {
  /// nil for the start of the stream, which says nothing.
  fileprivate init?(_ event: yaml_event_t) {
    position = DocumentPosition(event.start_mark)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_STREAM_END_EVENT: kind = .streamEnd
    case YAML_ALIAS_EVENT: kind = .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      kind = .scalar(YamlScalar(event))
      anchor = text(event.data.scalar.anchor)
      tag = text(event.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      anchor = text(event.data.sequence_start.anchor)
      tag = text(event.data.sequence_start.tag)
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      anchor = text(event.data.mapping_start.anchor)
      tag = text(event.data.mapping_start.tag)
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: return nil
    }
  }
}

private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  pointer.map { String(cString: $0) }
}

extension YamlScalar {
  /// `event` is a scalar event.
  fileprivate init(_ event: yaml_event_t) {
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    text = String(decoding: bytes, as: UTF8.self)
    switch scalar.style {
    case YAML_LITERAL_SCALAR_STYLE: style = .literal
    case YAML_FOLDED_SCALAR_STYLE: style = .folded
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: style = .quoted
    default: style = .plain
    }
  }
}
