/// The journal's catalog: what `journalctl -x` shows below an entry of apt-gate.
///
/// Source: systemd's catalog format, as `journalctl --update-catalog` reads it: a header of `-- ID`, fields, an empty
/// line, and a text in which `@FIELD@` stands for a field of the entry.
public enum JournalCatalog {
  /// The file as it is installed in `/usr/lib/systemd/catalog`.
  public static var text: String {
    JournalEvent.allCases.map(entry).joined(separator: "\n")
  }

  private static func entry(_ event: JournalEvent) -> String {
    """
    -- \(event.messageID)
    Subject: \(event.subject)
    Defined-By: apt-gate
    Documentation: man:apt-gate(8)

    \(event.explanation)

    """
  }
}

extension JournalEvent {
  /// The catalog's headline.
  var subject: String {
    switch self {
    case .changeHeld: "apt-gate keeps an update out"
    case .changeReleased: "apt-gate no longer keeps an update out"
    case .transactionVetoed: "apt-gate stopped apt before it called dpkg"
    case .transactionFinished: "apt applied updates under apt-gate"
    case .shieldRaised: "systemd refuses to restart a unit while apt works"
    case .shieldLowered: "systemd restarts a unit again when it is asked"
    case .shieldSwept: "A leftover shield was removed"
    case .shieldFailed: "A unit could not be shielded"
    case .restartOwed: "A unit runs an old version until it is restarted"
    case .restartSettled: "A unit runs the new version"
    case .restartFailed: "A guarded restart failed"
    case .networkLost: "Routes or rules were lost while apt worked"
    case .networkRestored: "Lost routes or rules were put back"
    case .networkNotRestored: "Lost routes or rules could not be put back"
    case .approvalGiven: "A person let a held update through"
    case .approvalRevoked: "A person took an approval back"
    case .syncFinished: "apt follows the newest decisions"
    case .syncFailed: "apt does not follow the newest decisions"
    case .gateDegraded: "apt-gate works without one of its parts"
    case .deadlineMissed: "A hook of apt-gate ran out of time"
    case .notifyFailed: "Nobody was notified"
    }
  }

  /// The catalog's text: what it means, and what to do.
  var explanation: String {
    switch self {
    case .changeHeld:
      """
      The update of @APT_GATE_SOURCE@ to @APT_GATE_VERSION@ stays out for now, by
      the rule @APT_GATE_RULE@.

      `apt-gate explain @APT_GATE_SOURCE@` says why and what would clear it;
      `apt-gate held` lists everything that is held.
      """
    case .changeReleased:
      """
      The update of @APT_GATE_SOURCE@ to @APT_GATE_VERSION@ was held and may apply
      now.
      """
    case .transactionVetoed:
      """
      apt was about to install @APT_GATE_SOURCE@ @APT_GATE_VERSION@, which is held
      by the rule @APT_GATE_RULE@. Nothing was installed.

      `apt-gate explain @APT_GATE_SOURCE@` says what would clear it; `apt-gate
      approve @APT_GATE_SOURCE@` lets this version through, if the rule allows it.
      """
    case .transactionFinished:
      """
      The transaction @APT_GATE_TRANSACTION@ ended with the result
      @APT_GATE_RESULT@. `apt-gate ledger list` has its record.
      """
    case .shieldRaised:
      """
      While apt applies an update, systemd refuses requests to stop, start or
      restart @APT_GATE_UNIT@ (transaction @APT_GATE_TRANSACTION@).

      A message `Operation refused, unit may be requested by dependency only` from
      systemctl in this time is meant to be.
      """
    case .shieldLowered:
      """
      The shield of @APT_GATE_UNIT@ is gone (transaction @APT_GATE_TRANSACTION@).
      """
    case .shieldSwept:
      """
      The transaction @APT_GATE_TRANSACTION@ ended without lowering the shield of
      @APT_GATE_UNIT@; apt-gate removed it. It was killed, or the machine lost
      power.
      """
    case .shieldFailed:
      """
      @APT_GATE_UNIT@ could not be shielded, so the update that would restart it is
      held.

      The message of this entry has the reason.
      """
    case .restartOwed:
      """
      @APT_GATE_SOURCE@ @APT_GATE_VERSION@ is installed, but @APT_GATE_UNIT@ was not
      restarted and runs the version before it.

      `apt-gate restart @APT_GATE_UNIT@` restarts it while its network is guarded; a
      reboot settles it too.
      """
    case .restartSettled:
      """
      @APT_GATE_UNIT@ no longer runs an old version: settled by @APT_GATE_RESULT@.
      """
    case .restartFailed:
      """
      @APT_GATE_UNIT@ could not be restarted, or did not come back.

      `systemctl status @APT_GATE_UNIT@` and `journalctl -u @APT_GATE_UNIT@` say
      more.
      """
    case .networkLost:
      """
      Network state that policy protects was deleted while the transaction
      @APT_GATE_TRANSACTION@ ran: @APT_GATE_COUNT@ objects.

      apt-gate puts it back; an entry about that follows.
      """
    case .networkRestored:
      """
      apt-gate put back @APT_GATE_COUNT@ objects of the network that were lost in
      the transaction @APT_GATE_TRANSACTION@.
      """
    case .networkNotRestored:
      """
      After the transaction @APT_GATE_TRANSACTION@, @APT_GATE_COUNT@ objects of the
      network are still missing.

      `apt-gate network diff` shows them and `apt-gate network restore` tries again.
      Restarting what made them, such as the network plugin of a cluster, is the
      other way.
      """
    case .approvalGiven:
      """
      @APT_GATE_PERSON@ approved @APT_GATE_SOURCE@ @APT_GATE_VERSION@.
      """
    case .approvalRevoked:
      """
      @APT_GATE_PERSON@ revoked the approval of @APT_GATE_SOURCE@
      @APT_GATE_VERSION@.
      """
    case .syncFinished:
      """
      Everything that is pending was decided on; @APT_GATE_COUNT@ updates are held.

      `apt-gate held` lists them.
      """
    case .syncFailed:
      """
      apt-gate could not write its pins for apt; those of the last good run stand.

      `apt-gate doctor` says what is in the way.
      """
    case .gateDegraded:
      """
      Something that apt-gate needs is broken, so updates that a policy gates are
      held; all others go through.

      `apt-gate doctor` says what it is and what to do.
      """
    case .deadlineMissed:
      """
      A hook ended at its deadline before it was done; updates that a policy gates
      were not let through by it.

      `apt-gate doctor` says what hangs.
      """
    case .notifyFailed:
      """
      The notify command of apt-gate.yaml did not do its work, so nobody was told of
      the entries before this one.

      `apt-gate doctor` looks whether it can be run; its own messages are its
      author's to keep.
      """
    }
  }
}
