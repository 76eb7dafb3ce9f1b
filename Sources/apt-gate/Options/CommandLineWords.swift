/// The words of the command line.
enum CommandLineWords {
  /// `words` with `-oKEY=VALUE` taken apart, as apt allows it: the argument parser takes a word with one hyphen and
  /// a `=` for a long option. What follows `--` stays as it is.
  static func normalized(_ words: some Sequence<String>) -> [String] {
    var areOptionsOver = false
    return words.flatMap { word -> [String] in
      areOptionsOver = areOptionsOver || word == "--"
      let isJoined = !areOptionsOver && word.hasPrefix("-o") && word.count > 2
      return isJoined ? ["-o", String(word.dropFirst(2))] : [word]
    }
  }
}
