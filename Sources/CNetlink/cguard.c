#define _GNU_SOURCE
#include "cguard.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

/* A call that is made in another network namespace, by a thread that enters it and ends. */
struct visit {
  const char *path;
  int (*call)(const int *arguments);
  const int *arguments;
  int result;
};

static void *make_visit(void *argument) {
  struct visit *visit = argument;
  int space = open(visit->path, O_RDONLY | O_CLOEXEC);
  if (space < 0) {
    visit->result = -errno;
    return NULL;
  }
  visit->result = setns(space, CLONE_NEWNET) == 0 ? visit->call(visit->arguments) : -errno;
  close(space);
  return NULL;
}

static int call_in(const char *path, int (*call)(const int *), const int *arguments) {
  if (path == NULL) return call(arguments);
  struct visit visit = {.path = path, .call = call, .arguments = arguments, .result = -EINVAL};
  pthread_t thread;
  int error = pthread_create(&thread, NULL, make_visit, &visit);
  if (error != 0) return -error;
  (void)pthread_join(thread, NULL);
  return visit.result;
}

static int open_socket(const int *arguments) {
  int fd = socket(arguments[0], arguments[1] | SOCK_CLOEXEC | SOCK_NONBLOCK, arguments[2]);
  return fd < 0 ? -errno : fd;
}

int cgd_socket(const char *namespace_path, int domain, int type, int protocol) {
  const int arguments[] = {domain, type, protocol};
  return call_in(namespace_path, open_socket, arguments);
}

static int open_table(const int *arguments) {
  (void)arguments;
  int fd = open("/proc/thread-self/net/netlink", O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int cgd_open_netlink_table(const char *namespace_path) { return call_in(namespace_path, open_table, NULL); }

int cgd_pidfd(pid_t pid) {
  long fd = syscall(SYS_pidfd_open, pid, 0);
  return fd < 0 ? -errno : (int)fd;
}

int cgd_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  sigaddset(&set, SIGQUIT);
  int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
  if (error != 0) return -error;
  int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  return fd < 0 ? -errno : fd;
}

int cgd_next_signal(int fd, int *from_terminal) {
  struct signalfd_siginfo info;
  ssize_t length = read(fd, &info, sizeof info);
  if (length != sizeof info) return length < 0 && errno != EAGAIN ? -errno : 0;
  *from_terminal = info.ssi_code == SI_KERNEL;
  return (int)info.ssi_signo;
}

static int prepare(posix_spawnattr_t *attributes, int new_session) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (new_session ? POSIX_SPAWN_SETSID : 0);
  int error = posix_spawnattr_setsigmask(attributes, &none);
  if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
  return error != 0 ? error : posix_spawnattr_setflags(attributes, flags);
}

int cgd_spawn(char *const *words, int output, int new_session) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  int error = posix_spawnattr_init(&attributes);
  if (error != 0) return -error;
  error = posix_spawn_file_actions_init(&actions);
  if (error != 0) {
    posix_spawnattr_destroy(&attributes);
    return -error;
  }
  pid_t pid = -1;
  error = prepare(&attributes, new_session);
  if (error == 0 && output >= 0) error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  if (error == 0) error = posix_spawnp(&pid, words[0], &actions, &attributes, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error != 0 ? -error : pid;
}

/* The whole program is read into memory, which takes tens of milliseconds. MCL_ONFAULT would not, but then each page that is
   needed first when routes are gone costs some of the time in which they are: gaps were three times as long. */
int cgd_lock_memory(void) { return mlockall(MCL_CURRENT | MCL_FUTURE) == 0 ? 0 : -errno; }

int cgd_schedule_first(void) {
  struct sched_param parameters = {.sched_priority = sched_get_priority_min(SCHED_FIFO)};
  return sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &parameters) == 0 ? 0 : -errno;
}

int cgd_nice(void) { return setpriority(PRIO_PROCESS, 0, -20) == 0 ? 0 : -errno; }

int cgd_wait(const int *fds, unsigned char *ready, int count, int timeout_ms) {
  struct pollfd wanted[64];
  if (count > 64) return -EINVAL;
  for (int i = 0; i < count; i++) wanted[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
  int result = poll(wanted, (nfds_t)count, timeout_ms);
  if (result < 0) return errno == EINTR ? 0 : -errno;
  for (int i = 0; i < count; i++) ready[i] = wanted[i].revents != 0;
  return result;
}

int cgd_open_arp(const char *namespace_path, int link) {
  int fd = cgd_socket(namespace_path, AF_PACKET, SOCK_DGRAM, htons(ETH_P_ARP));
  if (fd < 0) return fd;
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ARP), .sll_ifindex = link};
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
  int error = -errno;
  close(fd);
  return error;
}

int cgd_send_arp(int fd, int link, const void *bytes, size_t length) {
  struct sockaddr_ll everyone = {
      .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ARP), .sll_ifindex = link, .sll_halen = ETH_ALEN};
  memset(everyone.sll_addr, 0xff, ETH_ALEN);
  return sendto(fd, bytes, length, 0, (struct sockaddr *)&everyone, sizeof everyone) < 0 ? -errno : 0;
}
