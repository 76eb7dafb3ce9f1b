extension StandardLibrary {
  static let timeConversions: Part = [
    (
      "timestamp",
      [
        Overload("timestamp_to_timestamp", [.timestamp], .timestamp, .unary { (v, _) throws(EvaluationFailure) in v }),
        Overload(
          "int64_to_timestamp", [.int], .timestamp,
          .unary { (value, _) throws(EvaluationFailure) in
            guard let moment = Timestamp(seconds: int(value)) else {
              throw EvaluationFailure(.overflow, "a timestamp is in the years 1 to 9999")
            }
            return .timestamp(moment)
          }),
        Overload(
          "string_to_timestamp", [.string], .timestamp,
          .unary { (value, _) throws(EvaluationFailure) in
            guard let moment = Timestamp(text: text(value)) else {
              throw invalid("`\(Format.short(value))` is not a timestamp; write it as `2006-01-02T15:04:05Z`")
            }
            return .timestamp(moment)
          }),
      ]
    ),
    (
      "duration",
      [
        Overload("duration_to_duration", [.duration], .duration, .unary { (v, _) throws(EvaluationFailure) in v }),
        Overload(
          "string_to_duration", [.string], .duration,
          .unary { (value, budget) throws(EvaluationFailure) in
            try budget.spend(bytes: text(value).utf8.count)
            guard let length = Nanoseconds(text: text(value)) else {
              throw invalid("`\(Format.short(value))` is not a duration; write it as `1h30m`")
            }
            return .duration(length)
          }),
      ]
    ),
  ]

  static let timestampFields: Part = [
    field("getFullYear") { $0.date.year },
    field("getMonth") { $0.date.month - 1 },
    field("getDate") { $0.date.day },
    field("getDayOfMonth") { $0.date.day - 1 },
    field("getDayOfWeek") { $0.dayOfWeek },
    field("getDayOfYear") { $0.date.dayOfYear },
    field("getHours") { $0.hour },
    field("getMinutes") { $0.minute },
    field("getSeconds") { $0.second },
    ("getMilliseconds", moments("getMilliseconds") { (moment, _) in Int64(moment.nanoseconds / 1_000_000) }),
  ]

  private static func field(
    _ name: String, _ read: @escaping @Sendable (CalendarFields) -> Int64
  ) -> (name: String, overloads: [Overload]) {
    (name, moments(name) { (moment, offset) in read(CalendarFields(seconds: moment.seconds + offset)) })
  }

  /// A field of a timestamp in UTC, and in a zone given by its name or its offset.
  private static func moments(
    _ name: String, _ read: @escaping @Sendable (Timestamp, _ offset: Int64) -> Int64
  ) -> [Overload] {
    [
      Overload(
        "timestamp_\(name)", [.timestamp], .int, isMember: true,
        .unary { (value, _) throws(EvaluationFailure) in .int(read(moment(value), 0)) }),
      Overload(
        "timestamp_\(name)_with_tz", [.timestamp, .string], .int, isMember: true,
        .binary { (value, zone, budget) throws(EvaluationFailure) in
          try budget.spend(8)
          let name = text(zone)
          guard let rules = TimeZoneRules.named(name) else {
            throw invalid("`\(Format.short(zone))` is neither a time zone nor an offset such as `+02:00`")
          }
          let moment = moment(value)
          return .int(read(moment, rules.offset(at: moment.seconds)))
        }),
    ]
  }

  // INVARIANT: only reached with a timestamp.
  private static func moment(_ value: Value) -> Timestamp {
    if case .timestamp(let moment) = value { moment } else { .epoch }
  }

  static let durationFields: Part = [
    part("getHours") { $0 / 3_600_000_000_000 },
    part("getMinutes") { $0 / 60_000_000_000 },
    part("getSeconds") { $0 / 1_000_000_000 },
    part("getMilliseconds") { $0 / 1_000_000 % 1000 },
  ]

  private static func part(
    _ name: String, _ read: @escaping @Sendable (Int64) -> Int64
  ) -> (name: String, overloads: [Overload]) {
    let compute: Overload.Implementation = .unary { (value, _) throws(EvaluationFailure) in
      if case .duration(let length) = value { .int(read(length.count)) } else { .int(0) }
    }
    return (name, [Overload("duration_\(name)", [.duration], .int, isMember: true, compute)])
  }
}

extension Timestamp {
  /// 1970-01-01T00:00:00Z.
  public static let epoch = Timestamp()

  private init() {
    seconds = 0
    nanoseconds = 0
  }
}
