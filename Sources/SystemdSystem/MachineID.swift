internal import CSystemd

/// This machine's id. Source: machine-id(5), sd_id128_get_machine(3).
public enum MachineID {
  /// Nobody else's, so that no slot of another program on this machine is given back.
  private static let application: [UInt8] = [
    0x6E, 0x1F, 0x4A, 0x09, 0xC3, 0x52, 0x4D, 0x7B, 0x9A, 0x60, 0x21, 0xD8, 0x5C, 0xE4, 0x83, 0xB7,
  ]

  /// 32 hexadecimal digits that stay the same, from which the machine's own id cannot be told.
  public static func ofGate() throws(SystemdError) -> String {
    var text = [CChar](repeating: 0, count: 33)
    let result = csd_machine_id(application, &text)
    guard result >= 0 else { throw .bus(result, "cannot read the machine's id, `/etc/machine-id`") }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
