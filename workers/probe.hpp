#pragma once

#include <cstdint>

namespace bulkhead::workers {

struct Probe;
class Commons;

/// Writes down the process-wide state as the calling thread sees it: working directory, umask, descriptors, limits,
/// signal dispositions, environment, locale, time zone, credentials, the record lock, timers, the rights of the
/// segment; what is the thread's own: errno, blocked signals, nice value, processors, rounding mode, name, locale; and
/// whether opening a file, allocating, starting a thread and writing to the disk still work. One at a time in a
/// process: some of it can be read by changing it for a moment only.
void take_probe(Probe& probe, const Commons& commons);

} // namespace bulkhead::workers
