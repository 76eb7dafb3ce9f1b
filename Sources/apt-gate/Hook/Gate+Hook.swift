import AptSystem

extension Gate {
  /// Over a collector that sees what apt told the hook.
  init(collector: AptCollector) {
    self.collector = collector
    progress = ProgressLine(isQuiet: true)
  }
}
