#pragma once

// The faults, one function each, named after its row of the catalogue. Each makes its preparations, stamps, and then
// does nothing but what commits the fault. A preparation that fails ends in `did_not_take` without a stamp.
//
// Most faults are undefined behaviour on purpose, which an optimizer may take as a promise that they never happen:
// clang 14 drops a plain null write, and both compilers drop a free(malloc(n)) and turn 1 / x into a comparison. What
// keeps each fault alive is said at its function.

#include "workers/fault.hpp"

namespace bulkhead::workers::faults {

/// The same value, of which the compiler no longer knows where it came from or what it points to. So it can neither
/// drop the fault as impossible, nor move it before the stamp, nor warn about it.
template <class Value>
[[gnu::always_inline]] inline Value opaque(Value value)
{
    asm volatile("" : "+r"(value) : : "memory");
    return value;
}

// memory.cpp
Aftermath segv_null(const Fired& fired);
Aftermath segv_unmapped(const Fired& fired);
Aftermath segv_readonly(const Fired& fired);
Aftermath segv_noexec(const Fired& fired);
Aftermath stack_overflow(const Fired& fired);
Aftermath bus_error(const Fired& fired);
Aftermath truncate_shared_file(const Fired& fired);

// instructions.cpp
Aftermath divide_by_zero(const Fired& fired);
Aftermath illegal_instruction(const Fired& fired);
Aftermath breakpoint(const Fired& fired);

// aborts.cpp
Aftermath abort(const Fired& fired);
Aftermath assert_failed(const Fired& fired);
Aftermath uncaught_exception(const Fired& fired);
Aftermath noexcept_throw(const Fired& fired);
Aftermath pure_virtual_call(const Fired& fired);
Aftermath double_free(const Fired& fired);
Aftermath heap_smash(const Fired& fired);

// stack_smash.cpp
Aftermath stack_smash(const Fired& fired);

// signals.cpp
Aftermath self_kill(const Fired& fired);
Aftermath closed_pipe(const Fired& fired);
Aftermath seccomp_kill(const Fired& fired);
Aftermath seccomp_kill_thread(const Fired& fired);
Aftermath cpu_limit(const Fired& fired);
Aftermath file_size_limit(const Fired& fired);

// exits.cpp
Aftermath exit(const Fired& fired);
Aftermath exit_immediately(const Fired& fired);
Aftermath quick_exit(const Fired& fired);
Aftermath main_returns(const Fired& fired);
Aftermath exec_replace(const Fired& fired);
Aftermath thread_exit(const Fired& fired);
Aftermath thread_vanishes(const Fired& fired);
Aftermath thread_cancelled(const Fired& fired);
Aftermath exception_caught(const Fired& fired);

// malloc_lock.cpp
Aftermath segv_inside_malloc(const Fired& fired);
Aftermath cancel_inside_malloc(const Fired& fired);

// stalls.cpp
Aftermath last_reader_dies(const Fired& fired);
Aftermath segv_holding_lock(const Fired& fired);
Aftermath sleep_forever(const Fired& fired);
Aftermath spin(const Fired& fired);
Aftermath self_deadlock(const Fired& fired);
Aftermath hold_lock(const Fired& fired);
Aftermath die_holding_lock(const Fired& fired);
Aftermath backpressure(const Fired& fired);

// fork_with_lock.cpp
Aftermath fork_with_lock(const Fired& fired);

// resources.cpp
Aftermath oom_kill(const Fired& fired);
Aftermath memory_leak(const Fired& fired);
Aftermath fd_leak(const Fired& fired);
Aftermath thread_bomb(const Fired& fired);
Aftermath disk_full(const Fired& fired);
Aftermath cpu_hog(const Fired& fired);

// corruption.cpp
Aftermath wild_write(const Fired& fired);
Aftermath stack_scribble(const Fired& fired);
Aftermath bit_flip(const Fired& fired);
Aftermath segment_scribble(const Fired& fired);
Aftermath torn_update(const Fired& fired);

// heap_corruption.cpp
Aftermath use_after_free(const Fired& fired);
Aftermath overflow_into_neighbour(const Fired& fired);

// guard_page.cpp
Aftermath guard_page_jump(const Fired& fired);

// contamination.cpp
Aftermath change_directory(const Fired& fired);
Aftermath umask(const Fired& fired);
Aftermath ignore_signal(const Fired& fired);
Aftermath steal_handler(const Fired& fired);
Aftermath lower_limit(const Fired& fired);
Aftermath environment(const Fired& fired);
Aftermath locale(const Fired& fired);
Aftermath timezone(const Fired& fired);
Aftermath drop_privileges(const Fired& fired);
Aftermath alarm(const Fired& fired);

// contaminated_files.cpp
Aftermath close_descriptor(const Fired& fired);
Aftermath replace_descriptor(const Fired& fired);
Aftermath seek_shared_file(const Fired& fired);
Aftermath set_nonblocking(const Fired& fired);
Aftermath drop_record_lock(const Fired& fired);
Aftermath protect_page(const Fired& fired);
Aftermath unmap_page(const Fired& fired);

// thread_controls.cpp
Aftermath change_directory_alone(const Fired& fired);
Aftermath locale_alone(const Fired& fired);
Aftermath drop_privileges_alone(const Fired& fired);
Aftermath set_errno(const Fired& fired); // the row is called errno, which is a macro
Aftermath signal_mask(const Fired& fired);
Aftermath nice(const Fired& fired);
Aftermath affinity(const Fired& fired);
Aftermath rounding_mode(const Fired& fired);
Aftermath thread_name(const Fired& fired);

// channel.cpp
Aftermath die_mid_message(const Fired& fired);
Aftermath writer_gone(const Fired& fired);
Aftermath reader_gone(const Fired& fired);
Aftermath garbage_frame(const Fired& fired);
Aftermath flood(const Fired& fired);

// scribble.cpp
Aftermath scribble_black_box(const Fired& fired);

} // namespace bulkhead::workers::faults
