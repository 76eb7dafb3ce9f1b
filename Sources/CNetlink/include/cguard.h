#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What the guard and the probes need of the system besides rtnetlink. Every call returns a negative errno on failure. */

/* A socket in the network namespace at a path; NULL is that of the calling thread. Returns the descriptor. */
int cgd_socket(const char *namespace_path, int domain, int type, int protocol);

/* Opens the namespace's list of netlink sockets (/proc/net/netlink). It may be read again from its start. */
int cgd_open_netlink_table(const char *namespace_path);

/* A descriptor that becomes readable when the process ends. */
int cgd_pidfd(pid_t pid);

/* Blocks the signals that ask a program to end (INT, TERM, HUP, QUIT) and returns a descriptor that reads them. */
int cgd_signals(void);

/* Reads one signal's number; 0 if there is none. from_terminal says that the terminal sent it to all of its processes. */
int cgd_next_signal(int fd, int *from_terminal);

/* Starts a program, looked up in PATH, with no signal blocked or ignored. output, if it is not -1, becomes its standard
   output. new_session detaches it from the terminal. Returns its process id. */
int cgd_spawn(char *const *words, int output, int new_session);

/* Keeps all memory of the process, also what it takes later, out of swap. */
int cgd_lock_memory(void);

/* Real-time scheduling at the lowest such priority; not for children. */
int cgd_schedule_first(void);

/* The highest niceness; children that are started later inherit it. */
int cgd_nice(void);

/* Waits at most timeout_ms, or for ever if it is negative, until one of the descriptors is readable; ready[i] says which
   are. A timeout in microseconds would be finer than the scheduler. */
int cgd_wait(const int *fds, unsigned char *ready, int count, int timeout_ms);

/* A socket that sends and receives ARP on one link of a network namespace. */
int cgd_open_arp(const char *namespace_path, int link);

/* Sends an ARP packet to all on the link. */
int cgd_send_arp(int fd, int link, const void *bytes, size_t length);
