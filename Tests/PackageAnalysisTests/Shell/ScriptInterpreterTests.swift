import GateModel
import PackageAnalysis
import Testing

/// What the interpreter knows for certain, what it calls possible, and what it does not report.
@Suite struct ScriptInterpreterTests {
  @Test func debhelperRestartsOnUpgradeAndStartsOnInstall() {
    let block = """
      if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ] || [ "$1" = "abort-remove" ] ; then
      	if [ -d /run/systemd/system ]; then
      		systemctl --system daemon-reload >/dev/null || true
      		if [ -n "$2" ]; then
      			_dh_action=restart
      		else
      			_dh_action=start
      		fi
      		deb-systemd-invoke $_dh_action 'ssh.service' >/dev/null || true
      	fi
      fi
      """
    #expect(
      effects(block) == ["certain reload (daemon-reload) :4", "certain restart ssh.service (restart) :10"])
    #expect(
      effects(block, arguments: ["configure", ""])
        == ["certain reload (daemon-reload) :4", "certain start ssh.service (start) :10"])
    #expect(effects(block, arguments: ["triggered", "/usr/share/man"]) == [])
  }

  @Test func versionComparisonsDecide() {
    let script = """
      _systemctl() {
          if [ -z "$DPKG_ROOT" ] && [ -d /run/systemd/system ]; then
              systemctl "$@"
          fi
      }
      if [ -n "$2" ]; then
          _systemctl daemon-reexec || true
          if dpkg --compare-versions "$2" lt-nl "246.2-2~"; then
              _systemctl stop systemd-networkd.socket || true
          fi
          _systemctl try-restart systemd-networkd.service || true
      fi
      """
    #expect(
      effects(script, arguments: ["configure", "252.38-1~deb12u1"]) == [
        "certain reexec (daemon-reexec) :8", "certain restart systemd-networkd.service (try-restart) :12",
      ])
    #expect(
      effects(script, arguments: ["configure", "245.4-4"]) == [
        "certain reexec (daemon-reexec) :8", "certain stop systemd-networkd.socket (stop) :10",
        "certain restart systemd-networkd.service (try-restart) :12",
      ])
    #expect(effects(script, arguments: ["configure", ""]) == [])
  }

  @Test(arguments: [
    ("lt-nl", "", false), ("lt", "", true), ("le-nl", "", false), ("ge-nl", "", true), ("gt", "", false),
    ("eq", "1.0", true), ("ne", "1.0", false), ("ge", "1.0", true), ("<<", "0.9", true), (">>", "0.9", false),
  ])
  func relationsOfDpkg(relation: String, left: String, holds: Bool) {
    let script = "if dpkg --compare-versions \"$2\" '\(relation)' 1.0; then systemctl stop a; fi"
    #expect(effects(script, arguments: ["configure", left]).isEmpty == !holds)
  }

  @Test func whatIsNotKnownIsPossible() {
    #expect(
      effects("if grep -q x /etc/demo.conf; then systemctl restart a; fi") == [
        "possible restart a.service (restart) :2"
      ])
    #expect(effects("pidof demo && service demo restart || true") == ["possible restart demo.service (restart) :2"])
    #expect(effects("[ -e /etc/demo ] || exit 0\nsystemctl stop a") == ["possible stop a.service (stop) :3"])
  }

  @Test func aFailingWayOutIsNoWayOut() {
    let script = """
      case "$1" in
        configure|reconfigure) ;;
        *) echo "called with unknown argument" >&2; exit 1 ;;
      esac
      test -w /etc/demo || exit 1
      systemctl start a
      """
    #expect(effects(script) == ["certain start a.service (start) :7"])
    #expect(effects(script, arguments: ["frobnicate"]) == [])
  }

  @Test func bothBranchesWithDifferentValuesMeet() {
    let script = """
      if pidof demo; then action=restart; else action=start; fi
      deb-systemd-invoke $action demo.service
      """
    #expect(
      effects(script) == ["possible restart demo.service (restart) :3", "possible start demo.service (start) :3"])
  }

  @Test func loopsOverWordsAndParameters() {
    #expect(
      effects("for u in a.socket b; do systemctl try-restart $u; done") == [
        "certain restart a.socket (try-restart) :2", "certain restart b.service (try-restart) :2",
      ])
    let triggered = """
      if [ "$1" = triggered ]; then
        shift
        for trigger in $@; do
          case $trigger in
            /usr/lib/binfmt.d) systemctl restart systemd-binfmt.service ;;
            libc-upgrade) systemctl daemon-reexec ;;
          esac
        done
        exit 0
      fi
      systemctl stop never.service
      """
    #expect(
      effects(triggered, arguments: ["triggered", "libc-upgrade /usr/share/x"]) == ["certain reexec (daemon-reexec) :7"]
    )
  }

  @Test func loopsThatReadRunPerhaps() {
    let script = """
      cat /etc/list | while read unit rest; do
        systemctl restart "$unit"
      done
      last=none
      while read x; do last=$x; done < /etc/list
      systemctl stop $last
      """
    let lines = effects(script)
    #expect(lines.contains("possible restart (restart) :3"))
    #expect(lines.contains("possible stop none.service (stop) :7"))
    #expect(lines.contains("possible stop (stop) :7"))
  }

  @Test func aLoopThatShiftsIsFollowed() {
    let script = """
      set -- --now one two
      while [ $# -gt 0 ]; do
        case "$1" in
          --now) now=yes ;;
          *) [ "$now" = yes ] && systemctl stop "$1" ;;
        esac
        shift
      done
      """
    #expect(effects(script) == ["certain stop one.service (stop) :6", "certain stop two.service (stop) :6"])
  }

  @Test func functionsHaveTheirOwnParametersAndLocals() {
    let script = """
      unit=outer
      restart() { local unit="$1"; invoke-rc.d "$unit" restart || return 1; }
      restart inner
      systemctl stop $unit
      """
    #expect(
      effects(script) == ["certain restart inner.service (restart) :4", "certain stop outer.service (stop) :5"])
  }

  @Test func constantsInCommandSubstitutionsAndExpansions() {
    let script = #"""
      name=$(echo demo)
      unit="${name}@main"
      file=/lib/systemd/system/x.timer
      systemctl restart "$unit.service" ${file##*/} ${never_set:+none} ${missing:-fallback}
      systemctl stop `basename $file`
      """#
    let lines = effects(script)
    #expect(lines.contains("certain restart demo@main.service (restart) :5"))
    #expect(lines.contains("certain restart x.timer (restart) :5"))
    #expect(lines.contains("certain restart fallback.service (restart) :5"))
    #expect(lines.contains("certain stop x.timer (stop) :6") || lines.contains("possible stop (stop) :6"))
  }

  @Test func hereDocumentsAndShellsInside() {
    let script = """
      cat > /dev/null <<EOF
      systemctl stop not-a-command
      $(systemctl stop substituted)
      EOF
      cat <<'EOF' | sort
      $(systemctl stop quoted)
      EOF
      sh -c 'systemctl restart "$1"' - inner
      su -s /bin/sh demo -c "service demo reload"
      sh <<-X
      	systemctl start piped
      	X
      """
    #expect(
      effects(script) == [
        "certain stop substituted.service (stop) :4", "certain restart inner.service (restart) :9",
        "certain reload demo.service (reload) :10", "certain start piped.service (start) :11",
      ])
  }

  @Test func wrappersAreLookedThrough() {
    let script = """
      env LC_ALL=C timeout -k 5 30 nice -n 10 systemctl try-restart a
      find /etc -name x -exec invoke-rc.d b reload ';'
      echo c | xargs -r systemctl restart d
      /bin/systemctl start e
      DEBIAN_FRONTEND=x command systemctl stop f
      """
    let lines = effects(script)
    #expect(lines.contains("certain restart a.service (try-restart) :2"))
    #expect(lines.contains("possible reload b.service (reload) :3"))
    #expect(lines.contains("possible restart d.service (restart) :4"))
    #expect(lines.contains("certain start e.service (start) :5"))
    #expect(lines.contains("certain stop f.service (stop) :6"))
  }

  @Test func whereStoppingOnErrorsIsNotKnownASubshellMayEndEarly() {
    let script = "set -e\nif test -e /x; then set +e; fi\n{ service a stop; systemctl stop b; } | cat"
    #expect(effects(script) == ["certain stop a.service (stop) :4", "possible stop b.service (stop) :4"])
  }

  @Test func anAssignmentSeesTheStatusBeforeIt() {
    let script = "maybe\ny=$?\nif [ $y = 0 ]; then systemctl stop a; fi"
    #expect(effects(script) == ["certain unknown :2", "possible stop a.service (stop) :4"])
    #expect(effects("true\ny=$?\n[ $y = 0 ] && systemctl stop a") == ["certain stop a.service (stop) :4"])
  }

  @Test func aShellInsideLeavesTheParametersAlone() {
    #expect(
      effects("su demo -c 'test -O /x' || true\nsh -c 'shift'\n[ \"$1\" = configure ] && systemctl stop a").count == 1)
  }

  @Test func whatCannotBeResolvedIsSaid() {
    #expect(effects("\"$COMMAND\" restart") == ["possible unknown :2"])
    #expect(effects("frobnicate --all") == ["certain unknown :2"])
    #expect(effects("eval \"$(generate)\"").contains("certain unknown :2"))
    #expect(effects("curl http://198.18.0.1/x | sh").contains("certain unknown :2"))
    #expect(effects(". /usr/share/nowhere/functions") == ["certain unknown :2"])
    #expect(effects("if true; then\nsystemctl stop a\n").last == "certain unknown :4")
  }

  @Test func scriptsThatAreNotShellAreSaidToBe() {
    for text in ["#!/usr/bin/perl\nsystem('x');", "\u{7F}ELF", "#!/usr/bin/env python3\n", "#!\n"] {
      #expect(ScriptUnderTest(text: text).lines == ["certain unknown :1"])
    }
    #expect(ScriptUnderTest(text: "").lines == [])
  }

  @Test func sourcedFilesAreFollowedIfAtHand() {
    let script = ScriptUnderTest(
      text: """
        #!/bin/sh
        . /usr/share/demo/functions
        demo_restart ssh
        """,
      texts: ["/usr/share/demo/functions": "demo_restart() {\n  invoke-rc.d $1 restart\n}\n"])
    #expect(script.lines == ["certain restart ssh.service (restart) :3"])
    #expect(script.report.effects[0].evidence.file == "demo.postinst")
  }

  @Test func evidenceInAFileOfTheNodeRestsOnWhatIsInstalled() {
    let script = ScriptUnderTest(
      text: "#!/bin/sh\n. /usr/share/other/functions\nrestart_all\n",
      node: NodeWithOneFile(path: "/usr/share/other/functions", text: "restart_all() { systemctl restart demo; }\n"))
    #expect(script.lines == ["certain restart demo.service (restart) :1"])
    #expect(script.report.effects.map(\.evidence.basis) == [.installed])
    #expect(script.report.effects.map(\.evidence.file) == ["/usr/share/other/functions"])
  }

  @Test func helpersOfThePackageAreFollowed() {
    let script = ScriptUnderTest(
      text: "#!/bin/sh\n/usr/lib/demo/upgrade restart\n", files: ["/usr/lib/demo/upgrade"],
      texts: ["/usr/lib/demo/upgrade": "#!/bin/sh\nsystemctl $1 demo.socket\n"])
    #expect(script.lines == ["certain restart demo.socket (restart) :2"])
  }

  @Test func configurationMayHoldOtherValuesThanItDoes() {
    let script = ScriptUnderTest(
      text: """
        #!/bin/sh
        ENABLED=no
        [ -r /etc/default/demo ] && . /etc/default/demo
        if [ "$ENABLED" = yes ]; then service demo restart; fi
        """)
    #expect(script.lines == ["possible restart demo.service (restart) :4"])
  }

  @Test func filesOfThePackageAreThereInPostinstOnly() {
    let text = "#!/bin/sh\nif [ -x /etc/init.d/demo ]; then invoke-rc.d demo restart; fi\n"
    var script = ScriptUnderTest(text: text, files: ["/etc/init.d/demo"])
    #expect(script.lines == ["certain restart demo.service (restart) :2"])
    script.name = .preinst
    #expect(script.lines == ["possible restart demo.service (restart) :2"])
  }

  @Test func enablementIsACallAndNoEffectUnlessNow() {
    let script = ScriptUnderTest(
      text:
        "#!/bin/sh\nsystemctl enable a\nsystemctl enable --now b\nsystemctl --root=/x restart c\nsystemctl is-active d\n"
    )
    #expect(script.lines == ["certain start b.service (enable --now) :3"])
    #expect(script.calls.count == 4)
  }

  @Test func changesOfTheNodeThatAreNoUnits() {
    let script = """
      udevadm control --reload-rules
      udevadm trigger --subsystem-match=net
      udevadm settle
      sysctl -w net.ipv4.ip_forward=1
      sysctl net.ipv4.ip_forward
      echo 1 > /proc/sys/net/ipv4/ip_forward
      netplan apply
      ip link show
      ip route add 198.18.0.0/15 dev eth0
      update-initramfs -u
      touch /run/reboot-required
      telinit u
      """
    #expect(
      effects(script) == [
        "certain udev (control) :2", "certain udev (trigger) :3", "certain sysctl (sysctl) :5",
        "certain sysctl (write) :7", "certain network-config (netplan) :8", "certain network-config (ip) :10",
        "certain kernel (update-initramfs) :11", "certain reboot (touch) :12", "certain reexec (telinit) :13",
      ])
  }

  @Test func triggersAreCollected() {
    let script = ScriptUnderTest(text: "#!/bin/sh\ndpkg-trigger --no-await libc-upgrade\ndpkg-trigger /usr/lib/x\n")
    #expect(script.report.activatedTriggers == ["libc-upgrade", "/usr/lib/x"])
  }

  @Test func evidenceQuotesTheLineThatNamesTheUnit() {
    let evidence = ScriptUnderTest(
      text: "#!/bin/sh\nr() { systemctl \"$@\"; }\nr try-restart demo.service || true\n"
    ).report.effects[0].evidence
    #expect(evidence.line == 3)
    #expect(evidence.text == "r try-restart demo.service || true")
    #expect(evidence.file == "demo.postinst")
    #expect(evidence.basis == .candidate)
  }
}
