import CoordinatorAPI
import Foundation
import HTTPTypes
import Testing
import Yams

@testable import Coordinator

/// The document says what the server does: the same operations, with the same roles.
@Suite struct OpenAPITests {
  private static func document() throws -> [String: Any] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/protocols/coordinator.openapi.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try #require(try Yams.load(yaml: text) as? [String: Any])
  }

  @Test func operations() async throws {
    let paths = try #require(try Self.document()["paths"] as? [String: [String: [String: Any]]])
    var documented: Set<String> = []
    var roles: [String: Set<String>] = [:]
    for (path, methods) in paths {
      for (method, operation) in methods {
        let name = operation["operationId"] as? String ?? ""
        documented.insert("\(name) \(method.uppercased()) \(path)")
        roles[name] = Self.roles(operation["description"] as? String ?? "")
        let isOpen = (operation["security"] as? [Any])?.isEmpty == true
        #expect(isOpen == (name == "health"), "only /healthz is open")
      }
    }
    try await TestCoordinator.run { [documented, roles] coordinator in
      #expect(documented == Set(coordinator.routes.map { "\($0.name) \($0.method.rawValue) \($0.path)" }))
      for route in coordinator.routes {
        switch route.access {
        case .open, .identified: #expect(roles[route.name] == [], "\(route.name)")
        case .roles(let allowed): #expect(roles[route.name] == Set(allowed.map(\.rawValue)), "\(route.name)")
        case .fleetLock: #expect(roles[route.name] == ["node"], "\(route.name)")
        }
      }
    }
  }

  /// `Roles: viewer, operator.`
  private static func roles(_ description: String) -> Set<String> {
    guard let start = description.range(of: "Roles: ") else { return [] }
    let list = description[start.upperBound...].prefix { $0 != "." && $0 != ";" }
    return Set(list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
  }

  @Test func kinds() throws {
    let schemas = try #require((try Self.document()["components"] as? [String: Any])?["schemas"] as? [String: Any])
    let properties = (schemas["Problem"] as? [String: Any])?["properties"] as? [String: Any]
    let kinds = (properties?["kind"] as? [String: Any])?["enum"] as? [String] ?? []
    #expect(Set(kinds) == Set(APIProblem.Kind.allCases.map(\.rawValue)))
  }
}
