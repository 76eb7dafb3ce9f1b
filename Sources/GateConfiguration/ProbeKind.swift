/// How a file of configuration says what a ``ProbeTarget`` asks.
enum ProbeKind: String, Sendable, CaseIterable {
  case tcp, icmp, dns, http, neighbour
}
