import Foundation
import NetworkState
import Testing

/// What stock `ip -j` printed, in a form that can be compared with ours.
struct StockDescription {
  var objects: [NSDictionary]

  /// Without what changes while one looks: times left, which must only be there in both.
  init(json: Data) throws {
    let parsed = try #require(try JSONSerialization.jsonObject(with: json) as? [[String: Any]])
    objects = parsed.filter { !$0.isEmpty }.map { NSDictionary(dictionary: Self.settled($0)) }
  }

  init(_ described: [DescribedObject]) throws {
    try self.init(json: JSONEncoder().encode(described))
  }

  private static func settled(_ object: [String: Any]) -> [String: Any] {
    var object = object
    for key in ["expires", "valid_life_time", "preferred_life_time"] {
      if let time = object[key] as? Int, time != UInt32.max { object[key] = "finite" }
    }
    // `ip` prints `dst` twice for a route with an IP tunnel.
    if object["encap"] as? String == "ip" {
      object["dst"] = nil
      object["encap_dst"] = nil
    }
    return object
  }
}
