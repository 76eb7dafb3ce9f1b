import CEL

/// One line of output: a value with its type, or what went wrong and where.
enum Answer {
  static func answer(_ line: [UInt8]) -> JSON {
    do {
      return answer(try Request(try JSONReader.read(line)))
    } catch let failure as JSONReader.Failure {
      return failed("the request is not JSON: \(failure.message) at byte \(failure.offset)", "parse", nil)
    } catch let failure as Request.Failure {
      return failed(failure.message, "parse", nil)
    } catch {
      return failed("\(error)", "parse", nil)
    }
  }

  private static func answer(_ request: Request) -> JSON {
    do throws(Issues) {
      let parsed = try request.environment.parse(request.text)
      if request.isUnchecked { return evaluate(request.environment.program(unchecked: parsed), request, type: nil) }
      let checked = try request.environment.check(parsed)
      if request.isCheckOnly { return .object([("type", .string(checked.type.description))]) }
      return evaluate(request.environment.program(checked), request, type: checked.type)
    } catch {
      return answer(error)
    }
  }

  private static func answer(_ issues: Issues) -> JSON {
    let message = issues.all.map(\.message).joined(separator: "; ")
    let phase = issues.all.first?.phase ?? .parse
    return failed(message, phase.rawValue, issues.all.first?.position)
  }

  private static func evaluate(_ program: Program, _ request: Request, type: ValueType?) -> JSON {
    var activation = request.environment.activation()
    for binding in request.bindings { activation[binding.name] = binding.value }
    do throws(EvaluationFailure) {
      let value = try program.evaluate(activation)
      do throws(ValueCoding.Failure) {
        let encoded = ("value", try ValueCoding.encode(value))
        return .object([encoded] + (type.map { [("type", .string($0.description))] } ?? []))
      } catch {
        return failed(error.message, "eval", nil)
      }
    } catch {
      return failed(error.message, "eval", error.offset.map(program.source.position))
    }
  }

  private static func failed(_ message: String, _ phase: String, _ position: SourcePosition?) -> JSON {
    let place = position.map { [("line", JSON.number("\($0.line)")), ("column", JSON.number("\($0.column)"))] } ?? []
    return .object([("error", .string(message)), ("phase", .string(phase))] + place)
  }
}
