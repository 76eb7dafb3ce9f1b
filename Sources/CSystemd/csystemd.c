#include "csystemd.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-login.h>
#include <time.h>
#include <unistd.h>

#define MANAGER "org.freedesktop.systemd1"
#define MANAGER_PATH "/org/freedesktop/systemd1"
#define MANAGER_INTERFACE MANAGER ".Manager"
#define PROPERTIES "org.freedesktop.DBus.Properties"
/* Source: systemd, src/basic/unit-def.h and src/core/dbus.c: the manager's socket for root. */
#define PRIVATE_ADDRESS "unix:path=/run/systemd/private"

struct csd_bus {
  sd_bus *bus;
  /* Jobs that ended while a call waited; only those of the call that is under way matter. */
  char *awaited;
  char ended[64];
};

static uint64_t now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

static uint64_t end_of(uint64_t timeout_us) {
  uint64_t now = now_us();
  return timeout_us > UINT64_MAX - now ? UINT64_MAX : now + timeout_us;
}

static uint64_t left(uint64_t end) {
  uint64_t now = now_us();
  return now < end ? end - now : 0;
}

static int note(struct csd_error *error, const sd_bus_error *from, int result) {
  if (error == NULL) return result;
  error->name[0] = error->message[0] = 0;
  if (from != NULL && from->name != NULL) strncat(error->name, from->name, sizeof error->name - 1);
  if (from != NULL && from->message != NULL) strncat(error->message, from->message, sizeof error->message - 1);
  return result;
}

int csd_booted(void) { return sd_booted(); }

/* Process what came, and wait for more; -ETIMEDOUT at the end. */
static int turn(sd_bus *bus, uint64_t end) {
  int done = sd_bus_process(bus, NULL);
  if (done != 0) return done < 0 ? done : 0;
  uint64_t rest = left(end);
  if (rest == 0) return -ETIMEDOUT;
  int woken = sd_bus_wait(bus, rest);
  return woken < 0 && woken != -EINTR ? woken : 0;
}

/* sd_bus_start does not wait, and sd_bus_call would wait for the greeting without a limit of ours. */
static int greet(sd_bus *bus, uint64_t end) {
  for (;;) {
    int ready = sd_bus_is_ready(bus);
    if (ready != 0) return ready < 0 ? ready : 0;
    int result = turn(bus, end);
    if (result < 0) return result;
  }
}

static int open_bus(const char *address, uint64_t end, sd_bus **result) {
  sd_bus *bus = NULL;
  int status = sd_bus_new(&bus);
  if (status < 0) return status;
  status = sd_bus_set_address(bus, address);
  if (status >= 0 && strcmp(address, PRIVATE_ADDRESS) != 0) status = sd_bus_set_bus_client(bus, 1);
  if (status >= 0) status = sd_bus_start(bus);
  if (status >= 0) status = greet(bus, end);
  if (status < 0) {
    sd_bus_close_unref(bus);
    return status;
  }
  *result = bus;
  return 0;
}

static int open_system_bus(uint64_t end, sd_bus **result) {
  const char *address = getenv("DBUS_SYSTEM_BUS_ADDRESS");
  return open_bus(address != NULL ? address : "unix:path=/run/dbus/system_bus_socket", end, result);
}

static int job_removed(sd_bus_message *message, void *data, sd_bus_error *error) {
  (void)error;
  struct csd_bus *bus = data;
  const char *path, *unit, *result;
  uint32_t id;
  if (sd_bus_message_read(message, "uoss", &id, &path, &unit, &result) < 0) return 0;
  if (bus->awaited != NULL && strcmp(bus->awaited, path) == 0) {
    bus->ended[0] = 0;
    strncat(bus->ended, result, sizeof bus->ended - 1);
  }
  return 0;
}

int csd_connect(uint64_t timeout_us, struct csd_bus **result) {
  uint64_t end = end_of(timeout_us);
  sd_bus *opened = NULL;
  int status = geteuid() == 0 ? open_bus(PRIVATE_ADDRESS, end, &opened) : -EACCES;
  if (status < 0 && status != -ETIMEDOUT) status = open_system_bus(end, &opened);
  if (status < 0) return status;
  struct csd_bus *bus = calloc(1, sizeof *bus);
  if (bus == NULL) {
    sd_bus_close_unref(opened);
    return -ENOMEM;
  }
  bus->bus = opened;
  *result = bus;
  return 0;
}

void csd_disconnect(struct csd_bus *bus) {
  if (bus == NULL) return;
  sd_bus_close_unref(bus->bus);
  free(bus->awaited);
  free(bus);
}

static int call(struct csd_bus *bus, uint64_t timeout_us, sd_bus_message *message, sd_bus_message **reply,
                struct csd_error *error) {
  sd_bus_error said = SD_BUS_ERROR_NULL;
  /* A timeout of 0 would be the library's default. */
  int status = timeout_us == 0 ? -ETIMEDOUT : sd_bus_call(bus->bus, message, timeout_us, &said, reply);
  note(error, &said, status);
  sd_bus_error_free(&said);
  return status < 0 ? status : 0;
}

static int call_manager(struct csd_bus *bus, const char *method, const char *first, const char *second,
                        uint64_t timeout_us, sd_bus_message **reply, struct csd_error *error) {
  sd_bus_message *message = NULL;
  int status = sd_bus_message_new_method_call(bus->bus, &message, MANAGER, MANAGER_PATH, MANAGER_INTERFACE, method);
  if (status >= 0 && first != NULL) status = sd_bus_message_append(message, "s", first);
  if (status >= 0 && second != NULL) status = sd_bus_message_append(message, "s", second);
  if (status >= 0) status = call(bus, timeout_us, message, reply, error);
  sd_bus_message_unref(message);
  return status;
}

/* Properties */

static char *hexadecimal(const uint8_t *bytes, size_t count) {
  static const char digits[] = "0123456789abcdef";
  char *text = malloc(count * 2 + 1);
  if (text == NULL) return NULL;
  for (size_t i = 0; i < count; i++) {
    text[i * 2] = digits[bytes[i] >> 4];
    text[i * 2 + 1] = digits[bytes[i] & 15];
  }
  text[count * 2] = 0;
  return text;
}

static int read_number(sd_bus_message *message, char type, struct csd_property *property) {
  union {
    int flag;
    uint8_t y;
    uint16_t q;
    uint32_t u;
    uint64_t t;
  } value = {.t = 0};
  int status = sd_bus_message_read_basic(message, type, &value);
  if (status < 0) return status;
  property->kind = 't';
  switch (type) {
    case 'b': property->number = value.flag != 0; break;
    case 'y': property->number = value.y; break;
    case 'n': case 'q': property->number = value.q; break;
    case 'i': case 'u': property->number = value.u; break;
    default: property->number = value.t;
  }
  return 1;
}

static int read_text(sd_bus_message *message, char type, struct csd_property *property) {
  const char *text = NULL;
  int status = sd_bus_message_read_basic(message, type, &text);
  if (status < 0) return status;
  property->kind = 's';
  property->text = strdup(text != NULL ? text : "");
  return property->text != NULL ? 1 : -ENOMEM;
}

static int read_bytes(sd_bus_message *message, struct csd_property *property) {
  const void *bytes = NULL;
  size_t count = 0;
  int status = sd_bus_message_read_array(message, 'y', &bytes, &count);
  if (status < 0) return status;
  property->kind = 's';
  property->text = hexadecimal(bytes, count);
  return property->text != NULL ? 1 : -ENOMEM;
}

static int read_list(sd_bus_message *message, struct csd_property *property) {
  int status = sd_bus_message_read_strv(message, &property->list);
  if (status < 0) return status;
  property->kind = 'l';
  for (char **item = property->list; item != NULL && *item != NULL; item++) property->list_count++;
  return 1;
}

static int read_pair(sd_bus_message *message, struct csd_property *property) {
  uint32_t number = 0;
  const char *path = NULL;
  int status = sd_bus_message_read(message, "(uo)", &number, &path);
  if (status < 0) return status;
  property->kind = 'j';
  property->number = number;
  property->text = strdup(path);
  return property->text != NULL ? 1 : -ENOMEM;
}

/* 1 if the value is one that is kept, 0 if it was skipped. */
static int read_value(sd_bus_message *message, const char *contents, struct csd_property *property) {
  if (contents[0] != 0 && contents[1] == 0) {
    if (strchr("bynqiuxt", contents[0]) != NULL) return read_number(message, contents[0], property);
    if (strchr("sog", contents[0]) != NULL) return read_text(message, contents[0], property);
  }
  if (strcmp(contents, "ay") == 0) return read_bytes(message, property);
  if (strcmp(contents, "as") == 0) return read_list(message, property);
  if (strcmp(contents, "(uo)") == 0) return read_pair(message, property);
  int status = sd_bus_message_skip(message, contents);
  return status < 0 ? status : 0;
}

static void clear(struct csd_property *property) {
  for (size_t i = 0; i < property->list_count; i++) free(property->list[i]);
  free(property->list);
  free(property->text);
  free(property->name);
}

static int read_entry(sd_bus_message *message, struct csd_property *property) {
  const char *name, *contents;
  char type;
  int status = sd_bus_message_read_basic(message, 's', &name);
  if (status < 0) return status;
  property->name = strdup(name);
  if (property->name == NULL) return -ENOMEM;
  status = sd_bus_message_peek_type(message, &type, &contents);
  if (status < 0) return status;
  /* contents belongs to the container and may move once it is entered. */
  char signature[256] = "";
  strncat(signature, contents, sizeof signature - 1);
  status = sd_bus_message_enter_container(message, 'v', signature);
  if (status < 0) return status;
  int kept = read_value(message, signature, property);
  if (kept < 0) return kept;
  status = sd_bus_message_exit_container(message);
  return status < 0 ? status : kept;
}

static int append(struct csd_properties *all, const struct csd_property *property, size_t *room) {
  if (all->count == *room) {
    size_t more = *room == 0 ? 256 : *room * 2;
    struct csd_property *items = realloc(all->items, more * sizeof *items);
    if (items == NULL) return -ENOMEM;
    all->items = items;
    *room = more;
  }
  all->items[all->count++] = *property;
  return 0;
}

static int read_entries(sd_bus_message *message, struct csd_properties *all) {
  size_t room = 0;
  int status = sd_bus_message_enter_container(message, 'a', "{sv}");
  while (status >= 0 && (status = sd_bus_message_enter_container(message, 'e', "sv")) > 0) {
    struct csd_property property = {0};
    int kept = read_entry(message, &property);
    status = kept > 0 ? append(all, &property, &room) : kept;
    if (kept <= 0 || status < 0) clear(&property);
    if (status >= 0) status = sd_bus_message_exit_container(message);
  }
  return status < 0 ? status : 0;
}

int csd_object(struct csd_bus *bus, const char *path, uint64_t timeout_us, struct csd_properties **result,
               struct csd_error *error) {
  sd_bus_message *message = NULL, *reply = NULL;
  struct csd_properties *all = calloc(1, sizeof *all);
  int status = all == NULL ? -ENOMEM : 0;
  note(error, NULL, 0);
  if (status >= 0) status = sd_bus_message_new_method_call(bus->bus, &message, MANAGER, path, PROPERTIES, "GetAll");
  if (status >= 0) status = sd_bus_message_append(message, "s", "");
  if (status >= 0) status = call(bus, timeout_us, message, &reply, error);
  if (status >= 0) status = read_entries(reply, all);
  sd_bus_message_unref(message);
  sd_bus_message_unref(reply);
  if (status < 0) {
    csd_properties_free(all);
    return status;
  }
  *result = all;
  return 0;
}

int csd_unit(struct csd_bus *bus, const char *unit, uint64_t timeout_us, struct csd_properties **result,
             struct csd_error *error) {
  uint64_t end = end_of(timeout_us);
  sd_bus_message *reply = NULL;
  const char *path = NULL;
  note(error, NULL, 0);
  int status = call_manager(bus, "LoadUnit", unit, NULL, left(end), &reply, error);
  if (status >= 0) status = sd_bus_message_read(reply, "o", &path);
  if (status >= 0) status = csd_object(bus, path, left(end), result, error);
  sd_bus_message_unref(reply);
  return status < 0 ? status : 0;
}

void csd_properties_free(struct csd_properties *properties) {
  if (properties == NULL) return;
  for (size_t i = 0; i < properties->count; i++) clear(&properties->items[i]);
  free(properties->items);
  free(properties);
}

/* Acting */

int csd_reload(struct csd_bus *bus, uint64_t timeout_us, struct csd_error *error) {
  sd_bus_message *reply = NULL;
  note(error, NULL, 0);
  int status = call_manager(bus, "Reload", NULL, NULL, timeout_us, &reply, error);
  sd_bus_message_unref(reply);
  return status;
}

static int await_job(struct csd_bus *bus, const char *path, uint64_t end) {
  bus->awaited = strdup(path);
  if (bus->awaited == NULL) return -ENOMEM;
  int status = 0;
  while (status >= 0 && bus->ended[0] == 0) status = turn(bus->bus, end);
  free(bus->awaited);
  bus->awaited = NULL;
  return status;
}

int csd_job(struct csd_bus *bus, const char *method, const char *unit, uint64_t timeout_us, char *result,
            size_t result_size, struct csd_error *error) {
  uint64_t end = end_of(timeout_us);
  sd_bus_slot *slot = NULL;
  sd_bus_message *subscribed = NULL, *reply = NULL;
  const char *path = NULL;
  bus->ended[0] = 0;
  note(error, NULL, 0);
  int status = sd_bus_add_match_async(
      bus->bus, &slot,
      "type='signal',path='" MANAGER_PATH "',interface='" MANAGER_INTERFACE "',member='JobRemoved'", job_removed, NULL,
      bus);
  /* Without a subscription the manager sends no signals over the system bus; a second one is refused, and no harm. */
  if (status >= 0) (void)call_manager(bus, "Subscribe", NULL, NULL, left(end), &subscribed, NULL);
  if (status >= 0) status = call_manager(bus, method, unit, "replace", left(end), &reply, error);
  if (status >= 0) status = sd_bus_message_read(reply, "o", &path);
  if (status >= 0) status = await_job(bus, path, end);
  if (status >= 0 && result_size > 0) {
    result[0] = 0;
    strncat(result, bus->ended, result_size - 1);
  }
  sd_bus_slot_unref(slot);
  sd_bus_message_unref(subscribed);
  sd_bus_message_unref(reply);
  return status < 0 ? status : 0;
}

/* Datagrams, processes */

static int address_of(const char *path, struct sockaddr_un *address, socklen_t *size) {
  size_t length = strlen(path);
  if (length == 0 || length >= sizeof address->sun_path) return -EINVAL;
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path, path, length + 1);
  *size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (path[0] == '@' ? 0 : 1));
  if (path[0] == '@') address->sun_path[0] = 0;
  return 0;
}

int csd_send(const char *path, const struct csd_part *parts, size_t count, uint64_t timeout_us) {
  struct sockaddr_un address;
  socklen_t size;
  int status = address_of(path, &address, &size);
  if (status < 0) return status;
  struct iovec *vectors = calloc(count, sizeof *vectors);
  if (vectors == NULL) return -ENOMEM;
  for (size_t i = 0; i < count; i++) {
    vectors[i].iov_base = (void *)parts[i].bytes;
    vectors[i].iov_len = parts[i].length;
  }
  /* A limit of 0 would mean none. */
  uint64_t limit = timeout_us == 0 ? 1 : timeout_us;
  struct timeval wait = {.tv_sec = (time_t)(limit / 1000000), .tv_usec = (suseconds_t)(limit % 1000000)};
  struct msghdr message = {.msg_name = &address, .msg_namelen = size, .msg_iov = vectors, .msg_iovlen = count};
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) < 0 ||
      sendmsg(fd, &message, MSG_NOSIGNAL) < 0)
    status = errno == EAGAIN ? -ETIMEDOUT : -errno;
  if (fd >= 0) close(fd);
  free(vectors);
  return status;
}

int csd_pid_unit(int pid, char **unit) { return sd_pid_get_unit(pid, unit); }
int csd_pid_cgroup(int pid, char **cgroup) { return sd_pid_get_cgroup(pid, cgroup); }
void csd_free(void *memory) { free(memory); }

int csd_machine_id(const uint8_t application[16], char text[33]) {
  sd_id128_t app, id;
  memcpy(app.bytes, application, sizeof app.bytes);
  int result = sd_id128_get_machine_app_specific(app, &id);
  if (result >= 0) sd_id128_to_string(id, text);
  return result;
}
