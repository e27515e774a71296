#include "workers/commons.hpp"
#include "workers/faults/faults.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace bulkhead::workers::faults {

// The pointer's value is opaque and the write is volatile: clang 14 removes a write that it knows to go to null.
Aftermath segv_null(const Fired& fired)
{
    volatile int* const nowhere = opaque<volatile int*>(nullptr);
    fired();
    *nowhere = 1;
    return Aftermath::did_not_take;
}

// 1 MiB: below the start of a program that is not position-independent (4 MiB), and far below where the kernel places
// mappings, which it does from the top. An address just unmapped would not do: a cell-mate's next mapping may get it.
Aftermath segv_unmapped(const Fired& fired)
{
    constexpr std::uintptr_t address = std::uintptr_t{1} << 20;
    const volatile int* const unmapped = opaque(reinterpret_cast<const volatile int*>(address));
    fired();
    static_cast<void>(*unmapped); // a volatile read is not dropped, though nobody wants its value
    return Aftermath::did_not_take;
}

// The pointer is opaque, so that the compiler does not know it to be a function's.
Aftermath segv_readonly(const Fired& fired)
{
    auto* const code = opaque(reinterpret_cast<volatile unsigned char*>(&segv_readonly));
    const unsigned char same = *code; // nothing is spoiled should the page turn out to be writable
    fired();
    *code = same;
    return Aftermath::did_not_take;
}

// The block is full of return instructions: where the heap can be executed, the call comes back and says so.
Aftermath segv_noexec(const Fired& fired)
{
    constexpr std::size_t size = 64;
    void* const block = std::malloc(size);
    if (block == nullptr) {
        return Aftermath::did_not_take;
    }
#if defined(__aarch64__)
    constexpr std::uint32_t return_instruction = 0xd65f03c0;
    std::memcpy(block, &return_instruction, sizeof return_instruction);
#else
    std::memset(block, 0xc3, size);
#endif
    const auto enter = opaque(reinterpret_cast<void (*)()>(block));
    fired();
    enter();
    return Aftermath::did_not_take;
}

namespace {

volatile bool deep_enough = false; // never set; without it, recursion without end would be known as such

// Each frame is used after the call below it has returned, so this can become neither a tail call nor a loop. A frame
// is a small part of a page, and each call writes its return address: no page is skipped, the guard page least of all.
[[gnu::noinline]] int dig(volatile unsigned char* above)
{
    volatile unsigned char frame[256];
    frame[0] = above[0];
    if (deep_enough) {
        return frame[0];
    }
    const int below = dig(opaque(&frame[0]));
    return below + frame[0];
}

// The main thread's stack grows up to RLIMIT_STACK: without a limit it would eat the machine's memory first, and each
// page takes its time. The usual 8 MiB are left as they are, so that a guarded victim leaves no limit behind. A
// thread's stack has its size already.
bool limit_main_stack()
{
    constexpr rlim_t enough = rlim_t{8} << 20;
    rlimit limit{};
    if (getrlimit(RLIMIT_STACK, &limit) != 0) {
        return false;
    }
    if (limit.rlim_cur <= enough) {
        return true;
    }
    limit.rlim_cur = enough;
    return setrlimit(RLIMIT_STACK, &limit) == 0;
}

} // namespace

Aftermath stack_overflow(const Fired& fired)
{
    if (!limit_main_stack()) {
        return Aftermath::did_not_take;
    }
    volatile unsigned char top = 0;
    fired();
    static_cast<void>(dig(&top));
    return Aftermath::did_not_take;
}

namespace {

/// One page of a file without a name, which nobody else has; it is gone with its last descriptor and mapping.
struct MappedFile {
    int descriptor = -1;
    volatile unsigned char* page = nullptr; ///< null where the system refused the file or its mapping
};

MappedFile map_file()
{
    const int descriptor = memfd_create("bulkhead-fault", MFD_CLOEXEC);
    const long size = sysconf(_SC_PAGESIZE);
    if (descriptor == -1 || ftruncate(descriptor, size) != 0) {
        return {};
    }
    void* const page = mmap(nullptr, static_cast<std::size_t>(size), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (page == MAP_FAILED) {
        return {};
    }
    auto* const bytes = opaque(static_cast<volatile unsigned char*>(page));
    bytes[0] = 1; // the page is there, so that losing it is what the fault does
    return {descriptor, bytes};
}

} // namespace

// The file is shrunk beforehand; the volatile read is the fault.
Aftermath bus_error(const Fired& fired)
{
    const MappedFile file = map_file();
    if (file.page == nullptr || ftruncate(file.descriptor, 0) != 0 || close(file.descriptor) != 0) {
        return Aftermath::did_not_take;
    }
    fired();
    static_cast<void>(file.page[0]);
    return Aftermath::did_not_take;
}

namespace {

/// What the workers of the host have mapped, or else a file of the victim's own.
MappedFile file_to_shrink(const Commons* commons)
{
    if (commons == nullptr) {
        return map_file();
    }
    return {commons->segment_file(), opaque(reinterpret_cast<volatile unsigned char*>(&commons->segment()))};
}

} // namespace

// The shrinking itself is the fault, since it is what reaches others that map the file; the read makes it felt.
Aftermath truncate_shared_file(const Fired& fired)
{
    const MappedFile file = file_to_shrink(fired.scene().commons);
    if (file.page == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    if (ftruncate(file.descriptor, 0) == 0) {
        static_cast<void>(file.page[0]);
    }
    return Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
