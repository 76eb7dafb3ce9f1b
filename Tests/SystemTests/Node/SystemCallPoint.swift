/// A system call of the hook: the so many-th of that name by one of its threads, with what apt told of a package.
struct SystemCallPoint: Codable, Sendable {
  var stream: String
  var call: String
  var number: Int
}
