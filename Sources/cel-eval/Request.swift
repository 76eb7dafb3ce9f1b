import CEL

/// One line of input: an expression with what it may use, and what of it to do.
struct Request {
  let text: String
  let environment: Environment
  let bindings: [(name: String, value: Value)]
  let isUnchecked: Bool
  let isCheckOnly: Bool

  struct Failure: Error { let message: String }

  init(_ json: JSON) throws(Failure) {
    guard let text = json["expr"]?.string else { throw Failure(message: "the request has no string `expr`") }
    self.text = text
    isUnchecked = json["disable_check"]?.isTrue ?? false
    isCheckOnly = json["check_only"]?.isTrue ?? false
    bindings = try Self.bindings(json["bindings"])
    var environment = Environment(container: json["container"]?.string ?? "")
    environment.expandsMacros = !(json["disable_macros"]?.isTrue ?? false)
    environment.readsBlocks = true
    for declaration in json["type_env"]?.array ?? [] { try Self.declare(declaration, in: &environment) }
    // A binding without a declaration may be anything.
    for binding in bindings where !environment.declares(binding.name) { environment.declare(binding.name, .dyn) }
    self.environment = environment
  }

  private static func bindings(_ json: JSON?) throws(Failure) -> [(name: String, value: Value)] {
    guard case .object(let members)? = json else { return [] }
    var result: [(name: String, value: Value)] = []
    for member in members {
      do { result.append((member.name, try ValueCoding.decode(member.value))) } catch {
        throw Failure(message: "binding `\(member.name)`: \(error.message)")
      }
    }
    return result
  }

  private static func declare(_ json: JSON, in environment: inout Environment) throws(Failure) {
    guard let name = json["name"]?.string else { throw Failure(message: "a declaration has no `name`") }
    if let overloads = json["function"]?.array {
      for overload in overloads { environment.declare(function: name, try function(overload)) }
    } else {
      environment.declare(name, try type(json["type"]))
    }
  }

  private static func type(_ json: JSON?) throws(Failure) -> ValueType {
    guard let text = json?.string, let type = ValueType(text: text) else {
      throw Failure(message: "`\(json?.string ?? "")` is not a type")
    }
    return type
  }

  private static func function(_ json: JSON) throws(Failure) -> Overload {
    var parameters: [ValueType] = []
    for parameter in json["params"]?.array ?? [] { parameters.append(try type(parameter)) }
    let result = try type(json["result"])
    return Overload(json["id"]?.string ?? "", parameters, result, isMember: json["member"]?.isTrue ?? false)
  }
}
