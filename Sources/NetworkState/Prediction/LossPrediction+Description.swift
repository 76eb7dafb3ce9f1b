extension LossPrediction {
  /// The members of a prediction's JSON, in the order in which they are printed.
  private static let keys: [(NetworkObjectKind, String)] = [
    (.route, "routes"), (.rule, "rules"), (.nexthop, "nexthops"), (.address, "addresses"),
    (.neighbour, "neighbours"), (.link, "links"),
  ]

  /// What `network predict --json` says under `lost`: lists of objects in the words of `ip -j`, each with `why`.
  public func describeLost(of snapshot: NetworkSnapshot, _ describer: ObjectDescriber) -> DescribedObject {
    Self.describe(lost, of: snapshot, describer)
  }

  /// The same of what networkd takes away and puts back itself.
  public func describeInterrupted(of snapshot: NetworkSnapshot, _ describer: ObjectDescriber) -> DescribedObject {
    Self.describe(interrupted, of: snapshot, describer)
  }

  /// The same of what stays in another form.
  public func describeChanged(of snapshot: NetworkSnapshot, _ describer: ObjectDescriber) -> DescribedObject {
    Self.describe(changed, of: snapshot, describer)
  }

  private static func describe(
    _ losses: [Loss], of snapshot: NetworkSnapshot, _ describer: ObjectDescriber
  ) -> DescribedObject {
    var result = DescribedObject()
    for (kind, key) in keys {
      let objects = losses.filter { $0.kind == kind }.compactMap { loss -> DescribedValue? in
        guard let message = try? snapshot[kind][loss.place] else { return nil }
        var object = describer.describe(message)
        switch message.fixed {
        case .address(let header): object.append("dev", .text(describer.interface(header.index)))
        case .route(let header), .rule(let header):
          object.append("family", .text(header.family == 2 ? "inet" : "inet6"))
        default: break
        }
        object.append("why", .text(loss.why))
        return .object(object)
      }
      result.append(key, .list(objects))
    }
    return result
  }
}
