/// How long to wait between two attempts: twice as long each time, of which a random part, so that a fleet that lost its
/// coordinator does not come back all at once.
public struct BackOff: Sendable {
  private static let shortest = Duration.milliseconds(200)
  private static let longest = Duration.seconds(30)
  private var limit = Self.shortest

  public init() {}

  public mutating func next() -> Duration {
    var generator = SystemRandomNumberGenerator()
    return next(using: &generator)
  }

  mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
    let pause = limit * Double.random(in: 0.5...1, using: &generator)
    limit = min(limit * 2, Self.longest)
    return pause
  }
}
