#define _GNU_SOURCE
#include "cnetlink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int set(int fd, int level, int option, int value) {
  return setsockopt(fd, level, option, &value, sizeof value) == 0 ? 0 : -errno;
}

static int open_here(int receive_bytes) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0) return -errno;
  /* Kernels before 4.20 have no strict checking and dump the same without it. */
  (void)set(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
  (void)set(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
  (void)set(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1);
  /* Beyond net.core.rmem_max only with CAP_NET_ADMIN; less is slower, not wrong. */
  if (set(fd, SOL_SOCKET, SO_RCVBUFFORCE, receive_bytes) < 0) (void)set(fd, SOL_SOCKET, SO_RCVBUF, receive_bytes);
  struct sockaddr_nl address = {.nl_family = AF_NETLINK};
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    int error = -errno;
    close(fd);
    return error;
  }
  return fd;
}

struct opening {
  const char *path;
  int receive_bytes;
  int result;
};

static void *open_there(void *argument) {
  struct opening *opening = argument;
  int space = open(opening->path, O_RDONLY | O_CLOEXEC);
  if (space < 0) {
    opening->result = -errno;
    return NULL;
  }
  opening->result = setns(space, CLONE_NEWNET) == 0 ? open_here(opening->receive_bytes) : -errno;
  close(space);
  return NULL;
}

int cnl_open(const char *namespace_path, int receive_bytes) {
  if (namespace_path == NULL) return open_here(receive_bytes);
  struct opening opening = {.path = namespace_path, .receive_bytes = receive_bytes, .result = -EINVAL};
  pthread_t thread;
  int error = pthread_create(&thread, NULL, open_there, &opening);
  if (error != 0) return -error;
  (void)pthread_join(thread, NULL);
  return opening.result;
}

int cnl_join(int fd, unsigned int group) {
  return set(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, (int)group);
}

uint32_t cnl_port(int fd) {
  struct sockaddr_nl address = {0};
  socklen_t size = sizeof address;
  return getsockname(fd, (struct sockaddr *)&address, &size) == 0 ? address.nl_pid : 0;
}

int cnl_leave_out(int fd, uint32_t port) {
  /* A filter reads in the network's order, messages are in the machine's. */
  const uint32_t low_byte_of_type =
      offsetof(struct nlmsghdr, nlmsg_type) + (htons(1) == 1 ? sizeof(uint16_t) - 1 : 0);
  struct sock_filter steps[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct nlmsghdr, nlmsg_pid)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htonl(port), 0, 3),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, low_byte_of_type),
      /* The lowest two bits of RTM_NEW... are 0. */
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 3, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, 0),
      BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
  };
  struct sock_fprog program = {.len = sizeof steps / sizeof *steps, .filter = steps};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0 ? 0 : -errno;
}

int cnl_send(int fd, const void *bytes, size_t length) {
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  ssize_t sent;
  do {
    sent = sendto(fd, bytes, length, 0, (struct sockaddr *)&kernel, sizeof kernel);
  } while (sent < 0 && errno == EINTR);
  return sent < 0 ? -errno : 0;
}

static int wait_readable(int fd, int timeout_ms) {
  struct pollfd wanted = {.fd = fd, .events = POLLIN};
  int ready = poll(&wanted, 1, timeout_ms);
  return ready < 0 ? -errno : ready;
}

long cnl_receive(int fd, void *buffer, size_t capacity, int timeout_ms) {
  struct sockaddr_nl sender;
  for (;;) {
    socklen_t size = sizeof sender;
    /* Without waiting first: in the middle of a dump there is always something to read. */
    ssize_t length = recvfrom(fd, buffer, capacity, MSG_DONTWAIT | MSG_TRUNC, (struct sockaddr *)&sender, &size);
    if (length >= 0) {
      if ((size_t)length > capacity) return -EMSGSIZE;
      return sender.nl_pid == 0 ? (long)length : -EPERM;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return -errno;
    int ready = wait_readable(fd, timeout_ms);
    if (ready == 0) return -ETIMEDOUT;
    if (ready < 0) return ready;
  }
}

int cnl_is_readable(int fd) { return wait_readable(fd, 0); }

void cnl_close(int fd) { close(fd); }
