#pragma once

#include <stddef.h>
#include <stdint.h>

/* libsystemd, as few calls as will do. A call that fails returns a negative errno; what D-Bus said stands in the
   csd_error that it was given. Every call ends by its timeout (microseconds), whatever the other side does. */

struct csd_bus;

struct csd_error {
  /* The D-Bus error's name, such as org.freedesktop.systemd1.NoSuchUnit; empty if the other side said nothing. */
  char name[128];
  char message[512];
};

/* Whether systemd is the init system here: sd_booted(3). */
int csd_booted(void);

/* Connects to the service manager: over its private socket where that can be reached (root only; it works without
   dbus-daemon), otherwise over the system bus. */
int csd_connect(uint64_t timeout_us, struct csd_bus **result);
void csd_disconnect(struct csd_bus *bus);

/* A property of an object. Kinds: 't' a number (any integer type and booleans), 's' a text (strings, object paths, and
   byte arrays in hexadecimal), 'l' a list of texts, 'j' a pair of a number and an object path. */
struct csd_property {
  char *name;
  char kind;
  uint64_t number;
  char *text;
  char **list;
  size_t list_count;
};

struct csd_properties {
  struct csd_property *items;
  size_t count;
};

/* The properties of all interfaces of the object at path, or of a unit, which is loaded if it is not yet. Properties
   of other types are left out. */
int csd_object(struct csd_bus *bus, const char *path, uint64_t timeout_us, struct csd_properties **result,
               struct csd_error *error);
int csd_unit(struct csd_bus *bus, const char *unit, uint64_t timeout_us, struct csd_properties **result,
             struct csd_error *error);
void csd_properties_free(struct csd_properties *properties);

/* Reads all unit files again: `systemctl daemon-reload`. */
int csd_reload(struct csd_bus *bus, uint64_t timeout_us, struct csd_error *error);

/* Calls method (StartUnit, StopUnit, RestartUnit, ...) with mode `replace` and waits for the job to end. result takes
   the job's: done, canceled, timeout, failed, dependency, skipped, ... */
int csd_job(struct csd_bus *bus, const char *method, const char *unit, uint64_t timeout_us, char *result,
            size_t result_size, struct csd_error *error);

/* A text of a datagram. */
struct csd_part {
  const void *bytes;
  size_t length;
};

/* Sends one datagram to the Unix socket at path (`@` begins an abstract name), waiting at most timeout_us for room in
   the other side's queue. libsystemd's own sd_notify and sd_journal_sendv wait without a limit. */
int csd_send(const char *path, const struct csd_part *parts, size_t count, uint64_t timeout_us);

/* This machine's id for one application, as 32 hexadecimal digits: others cannot tell the machine's own id from it. */
int csd_machine_id(const uint8_t application[16], char text[33]);

/* The system unit and the control group of a process; the texts are the caller's to free with csd_free. */
int csd_pid_unit(int pid, char **unit);
int csd_pid_cgroup(int pid, char **cgroup);
void csd_free(void *memory);
