#pragma once

#include <functional>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace bulkhead::test {

/// Does it without root's rights: in a thread of its own that gives them up for itself, as the raw system call does
/// (credentials(7): each thread has its own), as a user of whom there is nobody else. Whoever has no such rights does
/// it as he is. False when they could not be given up; then nothing was done.
inline bool as_ordinary_user(const std::function<void()>& action)
{
    constexpr uid_t nobody_else = 65432;
    bool done = false;
    std::thread{[&] {
        if (::geteuid() == 0 && (::syscall(SYS_setresgid, nobody_else, nobody_else, nobody_else) != 0 ||
                                 ::syscall(SYS_setresuid, nobody_else, nobody_else, nobody_else) != 0))
            return;
        ::prctl(PR_SET_DUMPABLE, 1); // a change of user takes it away, and with it what /proc says of this process
        action();
        done = true;
    }}.join();
    return done;
}

} // namespace bulkhead::test
