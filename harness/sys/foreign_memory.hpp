#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <sys/types.h>
#include <system_error>

namespace bulkhead::sys {

/// Copies what lies at an address in the address space in which another task lives: process_vm_readv(2). No error when
/// all of `into` was filled; bad_address where nothing is mapped; what the kernel says where one may not look.
std::error_code read_memory(pid_t task, std::uint64_t address, std::span<std::byte> into);

} // namespace bulkhead::sys
