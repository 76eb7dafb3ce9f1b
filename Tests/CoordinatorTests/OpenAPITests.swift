import CoordinatorAPI
import Foundation
import HTTPTypes
import NIOHTTP1
import Testing

@testable import Coordinator

/// The document says what the server does: the same operations, with the same roles.
@Suite struct OpenAPITests {
  @Test func operations() async throws {
    let operations = try DocumentedOperation.all()
    #expect(operations.filter(\.isOpen).map(\.name) == ["health"], "only /healthz is open")
    try await TestCoordinator.run { coordinator in
      let served = coordinator.routes.map { "\($0.name) \($0.method.rawValue) \($0.path)" }
      #expect(operations.map { "\($0.name) \($0.method.rawValue) \($0.template)" }.sorted() == served.sorted())
      for route in coordinator.routes {
        let roles = operations.first { $0.name == route.name }?.roles
        switch route.access {
        case .open, .identified: #expect(roles == [], "\(route.name)")
        case .roles(let allowed): #expect(roles == Set(allowed), "\(route.name)")
        case .fleetLock: #expect(roles == [.node], "\(route.name)")
        }
      }
    }
  }

  @Test func kinds() throws {
    let schemas = try #require(
      (try DocumentedOperation.document()["components"] as? [String: Any])?["schemas"] as? [String: Any])
    let properties = (schemas["Problem"] as? [String: Any])?["properties"] as? [String: Any]
    let kinds = (properties?["kind"] as? [String: Any])?["enum"] as? [String] ?? []
    #expect(Set(kinds) == Set(APIProblem.Kind.allCases.map(\.rawValue)))
  }
}
