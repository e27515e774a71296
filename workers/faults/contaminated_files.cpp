// Contamination of what the workers of a host have open or mapped. The descriptor table and the mappings belong to the
// process; what an open file description holds reaches whoever inherited it.

#include "workers/commons.hpp"
#include "workers/faults/contamination.hpp"
#include "workers/faults/faults.hpp"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bulkhead::workers::faults {
namespace {

/// The file that every worker of the host has open; -1: there is none.
int common_file(const Fired& fired)
{
    const Commons* const commons = fired.scene().commons;
    return commons == nullptr ? -1 : commons->file();
}

} // namespace

Aftermath close_descriptor(const Fired& fired)
{
    const int file = common_file(fired);
    if (file < 0) {
        return Aftermath::did_not_take;
    }
    fired();
    return took_if(::close(file) == 0);
}

Aftermath replace_descriptor(const Fired& fired)
{
    const int file = common_file(fired);
    const int other = ::open("/dev/zero", O_RDWR | O_CLOEXEC);
    if (file < 0 || other < 0) {
        return Aftermath::did_not_take;
    }
    fired();
    const bool replaced = ::dup3(other, file, O_CLOEXEC) == file;
    ::close(other);
    return took_if(replaced);
}

Aftermath seek_shared_file(const Fired& fired)
{
    constexpr off_t elsewhere = file_offset + 77;
    const int file = common_file(fired);
    if (file < 0 || ::lseek(file, 0, SEEK_CUR) == elsewhere) {
        return Aftermath::did_not_take;
    }
    fired();
    return took_if(::lseek(file, elsewhere, SEEK_SET) == elsewhere);
}

Aftermath set_nonblocking(const Fired& fired)
{
    const int file = common_file(fired);
    const int flags = file < 0 ? -1 : ::fcntl(file, F_GETFL);
    if (flags < 0 || (flags & O_NONBLOCK) != 0) {
        return Aftermath::did_not_take;
    }
    fired();
    return took_if(::fcntl(file, F_SETFL, flags | O_NONBLOCK) == 0 && (::fcntl(file, F_GETFL) & O_NONBLOCK) != 0);
}

namespace {

/// Whether the process still has its record lock: a lock of an open file description would be refused because of it.
bool is_locked(const Commons& commons)
{
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(commons.file_lock_place());
    lock.l_len = 1;
    return ::fcntl(commons.file(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

} // namespace

// Any description of the file will do; by /proc one can be had of a file without a name.
Aftermath drop_record_lock(const Fired& fired)
{
    const int file = common_file(fired);
    std::array<char, 32> path{};
    std::snprintf(path.data(), path.size(), "/proc/self/fd/%d", file);
    const int again = file < 0 ? -1 : ::open(path.data(), O_RDWR | O_CLOEXEC);
    if (again < 0 || !is_locked(*fired.scene().commons)) {
        return Aftermath::did_not_take;
    }
    fired();
    ::close(again);
    return took_if(!is_locked(*fired.scene().commons));
}

namespace {

/// A volatile read is not dropped, though nobody wants its value; and the pointer is opaque.
void touch(const Segment& segment)
{
    static_cast<void>(*opaque(reinterpret_cast<const volatile unsigned char*>(&segment)));
}

} // namespace

Aftermath protect_page(const Fired& fired)
{
    const Commons* const commons = fired.scene().commons;
    if (commons == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    if (::mprotect(&commons->segment(), commons->segment_bytes(), PROT_NONE) == 0) {
        touch(commons->segment());
    }
    return Aftermath::did_not_take;
}

// Nobody in a host maps anything in between, and gets the address.
Aftermath unmap_page(const Fired& fired)
{
    const Commons* const commons = fired.scene().commons;
    if (commons == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    if (::munmap(&commons->segment(), commons->segment_bytes()) == 0) {
        touch(commons->segment());
    }
    return Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
