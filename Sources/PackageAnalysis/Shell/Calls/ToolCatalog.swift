/// The tools that the analysis knows by name.
///
/// A tool is either one that *matters* (its calls are reported), or *harmless* (it acts on files, packages, users or its
/// own output, and starts, stops or reconfigures nothing that apt-gate reports), or not known: then its call is an
/// `unknown` effect.
enum ToolCatalog {
  static func matters(_ tool: String) -> Bool {
    units.contains(tool) || kernel.contains(tool) || network.contains(tool) || others.contains(tool)
  }

  static func isHarmless(_ tool: String) -> Bool {
    harmless.contains(tool) || tool.hasPrefix("db_") || tool.hasPrefix("py3") || tool.hasPrefix("pypy3")
  }

  /// Whether the tool prints nothing on standard output.
  static func isSilent(_ tool: String) -> Bool { silent.contains(tool) }

  private static let units: Set<String> = [
    "systemctl", "deb-systemd-invoke", "deb-systemd-helper", "invoke-rc.d", "service", "update-rc.d",
    "start-stop-daemon",
  ]

  /// Source: initramfs-tools, grub2-common, kmod, dkms and their kin, each by its man page.
  static let kernel: Set<String> = [
    "update-initramfs", "mkinitramfs", "dracut", "update-grub", "update-grub2", "grub-mkconfig", "grub-install",
    "kernel-install", "depmod", "dkms", "bootctl", "update-bootloader", "flash-kernel", "zipl", "lilo",
    "linux-update-symlinks", "grub-bios-setup", "efibootmgr",
  ]

  /// Source: each tool's man page.
  private static let network: Set<String> = [
    "netplan", "ifup", "ifdown", "ifreload", "ifquery", "ip", "ifconfig", "route", "tc", "bridge", "brctl", "ethtool",
    "iptables", "ip6tables", "iptables-restore", "ip6tables-restore", "iptables-nft", "iptables-legacy", "nft",
    "ebtables", "arptables", "ipset", "ufw", "firewall-cmd", "nmcli", "networkctl", "resolvectl", "resolvconf",
    "dhclient", "dhcpcd", "wg", "wg-quick", "wpa_cli", "ovs-vsctl", "rfkill", "conntrack", "tunctl", "vconfig",
  ]

  /// The words that make a call of a network tool a mere question.
  static let networkQueries: [String: Set<String>] = [
    "ip": ["show", "list", "ls", "get", "monitor"], "ifquery": [], "tc": ["show", "list"], "bridge": ["show"],
    "nft": ["list"], "ufw": ["status", "version"], "nmcli": ["show", "status"],
    "networkctl": ["list", "status", "lldp", "label"], "resolvectl": ["status", "query", "statistics"], "wg": ["show"],
    "netplan": ["get", "info", "status"], "ifconfig": [], "route": [],
  ]

  private static let others: Set<String> = [
    "udevadm", "dpkg-trigger", "sysctl", "systemd-sysctl", "modprobe", "rmmod", "insmod", "kmod", "pkill", "killall",
    "killall5", "skill", "reboot", "poweroff", "halt", "shutdown", "kexec", "telinit", "init", "notify-reboot-required",
  ]

  private static let silent: Set<String> = [
    "rm", "rmdir", "mkdir", "touch", "chmod", "chown", "chgrp", "mv", "cp", "ln", "sleep", "install",
    "deb-systemd-helper",
    "deb-systemd-invoke", "dpkg-trigger",
  ]

  // runit-helper acts only where runit is the init system. Source: runit-helper(1).
  // Words stand in the order of their packages: coreutils and the like, dpkg and its helpers, users, data bases of files.
  private static let harmless: Set<String> = Set(
    """
    arch awk gawk mawk base64 basename cat chattr lsattr chgrp chmod chown cksum cmp comm cp csplit cut date dd df diff
    dirname du egrep find expand expr fgrep file fmt fold getconf getent getopt grep gunzip gzip zcat head hostname hostid id
    install join link ln logger logname ls md5sum mkdir mkfifo mknod mktemp more mv nl nproc od paste patch pathchk pgrep
    pidof printenv ps pwd readlink realpath rev rm rmdir sed seq sha1sum sha256sum sha512sum shred shuf sleep sort split
    stat stty sum sync tac tail tar tee tempfile touch tr truncate tsort tty uname unexpand uniq unlink users wc which
    who whoami xz bzip2 zstd yes tput dmesg lsof fuser mountpoint findmnt lsblk blkid lscpu lsmod modinfo free uptime
    setfacl getfacl setfattr getfattr setcap getcap namei numfmt tzselect run-one
    dpkg dpkg-query dpkg-deb dpkg-divert dpkg-statoverride dpkg-maintscript-helper dpkg-architecture dpkg-split
    dpkg-parsechangelog dpkg-vendor dpkg-reconfigure apt-cache apt-config apt-get apt-mark apt-key
    update-alternatives update-binfmts update-menus update-mime update-mime-database update-desktop-database
    update-icon-caches gtk-update-icon-cache update-gtk-immodules update-gsettings update-fonts-alias update-fonts-dir
    update-fonts-scale update-info-dir update-catalog update-xmlcatalog update-sgmlcatalog update-locale
    update-ca-certificates update-passwd update-shells update-inetd update-pciids update-cracklib update-perl-sax-parsers
    update-language update-texmf mktexlsr fmtutil-sys update-updmap update-python-modules update-rc
    glib-compile-schemas gio-querymodules gdk-pixbuf-query-loaders fc-cache ldconfig ldd mandb man-db catchsegv
    install-info install-menu install-docs install-sgmlcatalog xmlcatalog
    ucf ucfr ucfq lcf debconf debconf-escape debconf-communicate debconf-show debconf-set-selections debconf-mergetemplate
    adduser addgroup deluser delgroup useradd usermod userdel groupadd groupmod groupdel gpasswd passwd chsh chfn
    pwck grpck pwconv grpconv shadowconfig chage newusers chpasswd vipw add-shell remove-shell pam-auth-update
    systemd-sysusers systemd-tmpfiles systemd-machine-id-setup systemd-hwdb systemd-escape systemd-detect-virt
    systemd-notify systemd-id128 systemd-analyze systemd-path systemd-cat journalctl loginctl busctl dbus-uuidgen
    dbus-send ischroot running-in-container runlevel policy-rc.d insserv chkconfig
    apparmor_parser aa-status aa-enabled aa-remove-unknown restorecon semodule semanage selinuxenabled fixfiles
    ssh-keygen openssl certtool make-ssl-cert c_rehash gpg gpgconf keytool dhparam
    locale locale-gen localedef validlocale tzconfig localepurge setupcon ckbcomp kbd_mode setfont loadkeys dumpkeys
    mail sendmail newaliases postmap postalias postconf crontab deb-reversion rmt tic infocmp toe
    savelog logrotate makewhatis catman cdrom-detect which-pkg-broke
    postgresql-common pg_lsclusters pg_updatedicts pg_buildext db5.3_upgrade a2query
    nscd helpztags dpkg-realpath appstreamcli gtk-query-immodules-2.0 gtk-query-immodules-3.0 needs-restarting ucs setsebool chcon mkhomedir_helper vmtouch ucarp tasksel debianutils deb-gview
    register-python-package dh_python3 dh_installdocs emacs-install emacs-remove emacs-package-install
    emacs-package-remove emacsen-common gconftool-2 gconf-schemas defoma-app scrollkeeper-update
    gnome-menus ghc-pkg ocaml-findlib php5enmod phpenmod phpdismod phpquery a2enmod a2dismod a2enconf a2disconf a2ensite
    a2dissite apache2-maintscript-helper lighty-enable-mod xmlcatmgr texlive-updmap dictionaries-common
    update-default-wordlist update-default-ispell select-default-wordlist aspell-autobuildhash ispell-autobuildhash
    update-dictcommon-hunspell update-dictcommon-aspell remove-default-ispell installdeb-ispell
    jexec update-java-alternatives clear tabs reset mesg wall write cal look col column colrm colcrt hexdump xxd strings
    exim_dumpdb grub-mkdevicemap grub-mkimage grub-mkrelpath grub-probe grub-script-check iptables-save ip6tables-save
    iptables-xml lxc-update-config rndc-confgen runit-helper testparm ypcat ypmatch ypwhich
    true false test bc dc ed ex vi m4 make iconv uuidgen mcookie swapon swapoff renice ulimit nologin
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
