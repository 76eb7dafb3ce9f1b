/* CSystemd: libsystemd behind a snapshot-style interface: one call fills plain structs, one frees them. */
#ifndef CSYSTEMD_H
#define CSYSTEMD_H
#endif
