#pragma once

#include <stddef.h>
#include <stdint.h>

#include "cguard.h"

/* rtnetlink sockets, as few calls as will do. Every call returns a negative errno on failure. */

/* Opens a NETLINK_ROUTE socket with strict checking, extended acknowledgements and a receive buffer of
   receive_bytes. If namespace_path is not NULL, the socket belongs to that network namespace; the calling thread
   stays in its own (a thread of its own enters the namespace and ends). Returns the descriptor. */
int cnl_open(const char *namespace_path, int receive_bytes);

/* Subscribes to a multicast group (RTNLGRP_...). */
int cnl_join(int fd, unsigned int group);

/* The port of a socket, as messages name it; 0 if it has none. */
uint32_t cnl_port(int fd);

/* Keeps the kernel from queueing announcements of what the socket with this port made (RTM_NEW...): its answers have
   said so. Deletions are queued whoever asked for them. */
int cnl_leave_out(int fd, uint32_t port);

/* Sends one request to the kernel, or several one after the other. */
int cnl_send(int fd, const void *bytes, size_t length);

/* Waits at most timeout_ms for a datagram and returns its length; -ETIMEDOUT if none came, -EMSGSIZE if it did not
   fit, -EPERM if it was not the kernel that sent it. */
long cnl_receive(int fd, void *buffer, size_t capacity, int timeout_ms);

/* Whether something can be read now: 1, 0, or a negative errno. */
int cnl_is_readable(int fd);

void cnl_close(int fd);
