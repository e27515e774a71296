#pragma once

#include "harness/sys/fd.hpp"

#include <cstddef>
#include <span>
#include <utility>

namespace bulkhead::sys {

/// Anonymous memory with a descriptor, to be shared by passing that: memfd_create(2), zeroed, sealed against shrinking
/// so that no other holder can make an access of ours end in SIGBUS.
Fd memfd(const char* name, std::size_t bytes);

/// The same without seals: for memory that is handed over to be broken, and that we do not map.
Fd file_in_memory(const char* name, std::size_t bytes);
/// pwrite(2) of all of it.
void write_at(const Fd& file, std::size_t offset, const void* start, std::size_t bytes);
/// lseek(2) from the file's beginning.
void seek(const Fd& file, std::size_t offset);

/// A shared mapping of a whole memfd; unmapped by its destructor.
class Mapping {
public:
    Mapping() = default;
    Mapping(const Fd& memory, std::size_t bytes);
    Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    Mapping& operator=(Mapping&& other) noexcept
    {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Mapping();

    [[nodiscard]] std::span<std::byte> bytes() const noexcept { return bytes_; }

private:
    std::span<std::byte> bytes_;
};

} // namespace bulkhead::sys
