import GateModel
import NetworkState

extension DescribedObject {
  /// The object in one line that is safe for a terminal.
  func safeLine(of kind: NetworkObjectKind, omitting omitted: Set<String> = []) -> String {
    DisplayText.line(line(of: kind, omitting: omitted))
  }
}
