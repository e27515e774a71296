#include "harness/sys/mapping.hpp"

#include "harness/sys/error.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bulkhead::sys {

Fd memfd(const char* name, std::size_t bytes)
{
    Fd memory{::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (!memory)
        refuse("memfd_create");
    if (::ftruncate(memory.number(), static_cast<off_t>(bytes)) < 0)
        refuse("ftruncate of a memfd");
    if (::fcntl(memory.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
        refuse("fcntl F_ADD_SEALS");
    return memory;
}

Fd file_in_memory(const char* name, std::size_t bytes)
{
    Fd memory{::memfd_create(name, MFD_CLOEXEC)};
    if (!memory)
        refuse("memfd_create");
    if (::ftruncate(memory.number(), static_cast<off_t>(bytes)) < 0)
        refuse("ftruncate of a memfd");
    return memory;
}

void write_at(const Fd& file, std::size_t offset, const void* start, std::size_t bytes)
{
    if (::pwrite(file.number(), start, bytes, static_cast<off_t>(offset)) != static_cast<ssize_t>(bytes))
        refuse("pwrite to a memfd");
}

void seek(const Fd& file, std::size_t offset)
{
    if (::lseek(file.number(), static_cast<off_t>(offset), SEEK_SET) < 0)
        refuse("lseek of a memfd");
}

Mapping::Mapping(const Fd& memory, std::size_t bytes)
{
    void* const start = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, memory.number(), 0);
    if (start == MAP_FAILED)
        refuse("mmap of a memfd");
    bytes_ = {static_cast<std::byte*>(start), bytes};
}

Mapping::~Mapping()
{
    if (!bytes_.empty())
        ::munmap(bytes_.data(), bytes_.size());
}

} // namespace bulkhead::sys
