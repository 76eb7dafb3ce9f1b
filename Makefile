# apt-gate: set-up, build, run, test. `make help` lists the targets.
#
# `run` and `test` do all set-up on a fresh Debian machine: they install what is missing (as root) and fetch
# package lists if there are none.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup build release run test check fmt system bench sim fuzz deb clean

# What the build needs, what the tests need besides, and what the slow system tests and the benchmarks need.
BUILD_PACKAGES  := libapt-pkg-dev libre2-dev zlib1g-dev liblzma-dev libzstd-dev libsqlite3-dev pkg-config
# Of libsystemd-dev the version that is installed: a newer one would upgrade systemd itself on a machine where that is
# pending, which is just what apt-gate is there to report.
LIBSYSTEMD_DEV   = libsystemd-dev=$(shell dpkg-query -W -f '$${Version}' libsystemd0)
TEST_PACKAGES   := mandoc python3-jsonschema iproute2 xz-utils tzdata etcd-server etcd-client curl
SYSTEM_PACKAGES := mmdebstrap util-linux dnsmasq-base python3 python3-venv strace \
  chromium-headless-shell fonts-dejavu-core
BENCH_PACKAGES  := hyperfine time iproute2 python3
DEB_PACKAGES    := debhelper dpkg-dev lintian

SWIFT   := swift
# Linked with Swift's libraries a program would export all of their symbols, and look up all of its own among them whenever
# it starts, which is twenty times in a run of ten packages.
RELEASE := -c release --static-swift-stdlib -Xlinker --no-export-dynamic
BIN      = $(shell $(SWIFT) build $(RELEASE) --show-bin-path)/apt-gate
ARGS    := check

# install PACKAGES: says in one line what it installs; nothing if nothing is missing.
define install
@missing=(); for p in $(1); do \
  dpkg-query -W -f '$${db:Status-Status}' "$${p%%=*}" 2>/dev/null | grep -qx installed || missing+=("$$p"); done; \
if ! compgen -G '/var/lib/apt/lists/*Packages*' >/dev/null; then \
  echo "set-up: fetching package lists"; \
  [ "$$(id -u)" = 0 ] || { echo "set-up: run \`apt-get update\` as root first" >&2; exit 1; }; \
  apt-get -qq update; fi; \
if [ $${#missing[@]} -gt 0 ]; then \
  echo "set-up: installing $${missing[*]}"; \
  [ "$$(id -u)" = 0 ] || { echo "set-up: run \`apt-get install $${missing[*]}\` as root first" >&2; exit 1; }; \
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$${missing[@]}" >/dev/null; fi
endef

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## install what the build needs
	$(call install,$(BUILD_PACKAGES) $(LIBSYSTEMD_DEV))
	@command -v $(SWIFT) >/dev/null || { echo "set-up: Swift 6.3 is needed: https://www.swift.org/install" >&2; exit 1; }

build: setup ## build for debugging
	$(SWIFT) build

release: setup ## build for use: optimised, with Swift's libraries linked in
	$(SWIFT) build $(RELEASE) --product apt-gate

run: release ## decide on this machine's pending updates (ARGS="explain systemd" for another command)
	@"$(BIN)" $(ARGS) --policies policies; status=$$?; \
	case $$status in \
	  0|2|4) echo "(exit status $$status: see apt-gate(8))" >&2 ;; \
	  *) exit $$status ;; esac

# Those that keep deadlines have a process to themselves: others wait for programs on the threads that they would need.
DEADLINE_TESTS := ^(CoordinatorTests|FleetStoreTests)\.

test: setup ## run the tests
	$(call install,$(TEST_PACKAGES))
	@SWIFT="$(SWIFT)" Tests/groups '--skip $(DEADLINE_TESTS)' '--skip-build --filter $(DEADLINE_TESTS)'

check: setup ## lints: format, man pages (the allowed imports are checked by `make test`)
	$(call install,$(TEST_PACKAGES))
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks
	mandoc -T lint -W warning man/*
	@! grep -nE 'try!|fatalError\(' -r Sources --include=*.swift

fmt: ## format the sources
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

# First those that count lost packets or the hooks' time, one by one, and those that need all processors by themselves are one
# by one, too; the others run side by side. Where time is short (BEGIN_BEFORE), the last groups are left out.
PACKET_TESTS := ^SystemTests\.(NetworkGuardTests|IncidentTests|LibraryRestartTests|BrokenNodeTests)

TREE_TESTS := ^SystemTests\.(RecordingTests|AnalysisTruthTests|LabelledEffectsTests|LabNodeTests|TrixieTriggerTests)

KILL_TESTS := ^SystemTests\.(KillTests|RolloutTests)

FLEET_TESTS := ^SystemTests\.(NetworkdPredictionTests|FleetStormTests)

# At so many of the hook's system calls it is killed: a sample, with a seed that is printed; 0 is all of them, which takes
# seven minutes, and on a slow machine most of an hour.
KILL_CALLS := 1000

# The nodes install the package that `make deb` has built.
SYSTEM_ENVIRONMENT = APT_GATE_SYSTEM_TESTS=1 APT_GATE_BINARY="$(BIN)" APT_GATE_KILL_CALLS=$(KILL_CALLS) \
  APT_GATE_DEB="$$(ls -d $(CURDIR)/artifacts/apt-gate_*.deb)"

system: deb ## slow tests with real root trees: needs root and namespaces (KILL_CALLS=0: kill at every system call)
	$(call install,$(TEST_PACKAGES) $(SYSTEM_PACKAGES))
	$(SWIFT) build $(RELEASE) --product shield-probe
	$(SWIFT) build $(RELEASE) --product apt-gate-coordinator
	@$(SYSTEM_ENVIRONMENT) SWIFT="$(SWIFT)" Tests/groups '--no-parallel --filter $(PACKET_TESTS)' \
	  '--filter ^SystemTests\. --skip $(PACKET_TESTS) --skip $(KILL_TESTS) --skip $(TREE_TESTS) --skip $(FLEET_TESTS)' \
	  '--no-parallel --filter $(KILL_TESTS)' '--filter $(TREE_TESTS)' '--no-parallel --filter $(FLEET_TESTS)'

bench: release ## measure against apt and ip, side by side in one run
	$(call install,$(BENCH_PACKAGES))
	$(SWIFT) build $(RELEASE) --product analysis-bench
	$(SWIFT) build $(RELEASE) --product cel-bench
	$(SWIFT) build $(RELEASE) --product policy-bench
	Benchmarks/run "$(BIN)" "$(dir $(BIN))analysis-bench" "$(dir $(BIN))cel-bench" "$(dir $(BIN))policy-bench"
	Benchmarks/network "$(BIN)"
	$(call install,$(SYSTEM_PACKAGES) $(DEB_PACKAGES))
	SWIFT="$(SWIFT)" Benchmarks/hook "$(BIN)"
	$(SWIFT) build $(RELEASE) --product ledger-bench
	"$(dir $(BIN))ledger-bench"
	$(SWIFT) build $(RELEASE) --product report-bench
	"$(dir $(BIN))report-bench"
	$(SWIFT) build $(RELEASE) --product apt-gate-coordinator
	"$(dir $(BIN))report-bench" fleet "$(BIN)-coordinator" "$(BIN)"
	$(call install,etcd-server)
	$(SWIFT) build $(RELEASE) --product apt-gate-coordinator
	$(SWIFT) build $(RELEASE) --product fleet-bench
	"$(dir $(BIN))fleet-bench" "$(BIN)-coordinator" "$(BIN)"
	Benchmarks/pages "$(BIN)-coordinator"

sim: setup ## play rollouts while nodes, network, clocks and store fail: SEEDS (10000), or one again with SEED=...
	$(SWIFT) build $(RELEASE) --product fleet-sim
	"$(dir $(BIN))fleet-sim" $(if $(SEED),--seed $(SEED),--seeds $(or $(SEEDS),10000) --from $(or $(FROM),1))

fuzz: setup ## fuzz CEL and the loader of policies with libFuzzer, side by side for SECONDS (60)
	Fuzz/run .build/fuzz $(or $(SECONDS),60)

deb: release ## build the Debian packages into artifacts/, and lint them
	$(call install,$(DEB_PACKAGES))
	$(SWIFT) build $(RELEASE) --product apt-gate-coordinator
	rm -f artifacts/apt-gate_*.deb artifacts/apt-gate-coordinator_*.deb
	DH_QUIET=1 debian/rules clean binary GATE_BIN="$(BIN)" COORDINATOR_BIN="$(BIN)-coordinator"
	lintian --fail-on error,warning artifacts/apt-gate_*.deb artifacts/apt-gate-coordinator_*.deb
	@ls -l artifacts/apt-gate_*.deb artifacts/apt-gate-coordinator_*.deb

clean: ## remove what was built
	rm -rf .build artifacts
