#pragma once

#include <cstdint>

namespace bulkhead::workers {

/// Carries the workers that the black box asks for: worker 0 in the calling thread, which must be the process's main
/// thread, the others in threads of their own. Takes over both descriptors. Returns what main() is to return; a host
/// normally ends otherwise.
int run_host(int box_number, int bell);

/// Makes the heap state of so many workers in advance, for the hosts that are forked from this process: what they need
/// not allocate costs them a fresh page less.
void reserve_heap_cells(std::uint32_t threads);

/// A fork server: reads requests from a SOCK_SEQPACKET socket and forks hosts for each, until the other end closes.
///
///   request: the process group (0: a session of its own, 1: a group of its own, else the one to join) and the number
///            of hosts, with the descriptors of each: black box, bell, and what the hosts of the pool share
///   reply:   for each host its pid, or the negative errno of what failed
///
/// The hosts become children of the zygote's parent, which reaps them.
int run_zygote(int socket);

} // namespace bulkhead::workers
