import Testing

@Suite struct ArchitectureTests {
  @Test func everyRoomIsInTheTable() throws {
    let rooms = try Repository.rooms()
    #expect(rooms.count >= 7)
    for room in rooms { #expect(Room.named(room) != nil, "\(room) is not drawn") }
  }

  @Test func importsFollowTheArrows() throws {
    let manifest = try Repository.manifest()
    for room in try Repository.rooms().compactMap(Room.named) {
      let declared = try #require(manifest.dependencies[room.name], "\(room.name) is not in Package.swift")
      for file in try Repository.swiftFiles(of: room.name) {
        #expect(Rules.arrows(of: file, in: room, declared: declared) == [])
      }
    }
  }

  /// Declared but unused arrows would let a new import in unseen.
  @Test func declaredDependenciesFollowTheArrows() throws {
    let manifest = try Repository.manifest()
    for room in try Repository.rooms().compactMap(Room.named) {
      let declared = manifest.dependencies[room.name] ?? []
      #expect(declared.subtracting(room.rooms).subtracting(room.modules) == [], "\(room.name)")
    }
  }

  @Test func arrowsPointDown() {
    var settled: Set<String> = []
    var rest = Room.all
    while let lowest = rest.firstIndex(where: { $0.rooms.filter { Room.named($0) != nil }.isSubset(of: settled) }) {
      settled.insert(rest.remove(at: lowest).name)
    }
    #expect(rest.map(\.name) == [], "these know each other in a circle")
    for room in Room.all where room.kind == .pure {
      #expect(room.rooms.compactMap(Room.named).allSatisfy { $0.kind == .pure }, "\(room.name) is pure")
    }
  }

  @Test func noSourceTrapsOnInput() throws {
    for room in try Repository.rooms() {
      for file in try Repository.swiftFiles(of: room) {
        #expect(Rules.forbiddenCalls(in: file) == [])
        #expect(Rules.size(of: file) == [])
      }
    }
  }

  @Test func everyRoomSaysWhatItMustNeverKnow() throws {
    for room in try Repository.rooms().compactMap(Room.named) where room.name != "cel-eval" {
      let files = try Repository.swiftFiles(of: room.name)
      // A room that holds nothing yet has nothing to say.
      guard files.contains(where: { $0.code.contains { !$0.text.isEmpty } }) else { continue }
      #expect(Rules.header(of: room.name, files: files) == [])
    }
  }
}
