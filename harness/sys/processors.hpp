#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace bulkhead::sys {

/// The processors that the calling thread may run on, by number: sched_getaffinity(2).
std::vector<std::uint32_t> allowed_processors();

/// Part `number` (from 0) of so many parts of the processors: neighbours, as many as every other part or one more. No
/// processor is in two parts. Empty where there are fewer processors than parts.
std::vector<std::uint32_t> part_of(const std::vector<std::uint32_t>& processors, std::uint32_t number,
                                   std::uint32_t parts);

/// Lets a thread, 0 for the caller, run on these processors only, and so what it starts from now on:
/// sched_setaffinity(2). One that is gone, or may not, stays where it is.
void keep_on(pid_t thread, const std::vector<std::uint32_t>& processors);

/// How long these processors had nothing to do since the machine was started, together: "idle" and "iowait" of
/// /proc/stat (proc(5)), in steps of 10 ms for each. nullopt for what is no such text, or has not all of them.
std::optional<std::chrono::milliseconds> parse_idle_time(std::string_view stat,
                                                         const std::vector<std::uint32_t>& processors);
/// The same of this machine; nullopt where the kernel does not tell.
std::optional<std::chrono::milliseconds> idle_time(const std::vector<std::uint32_t>& processors);

/// Puts processes before others for as long as it lives, so that what they do is measured and not what else is at work:
/// their threads by setpriority(2), and their session, where it is another than ours and the kernel shares processors
/// out by session (autogroup, sched(7)). Does nothing where the caller may not (CAP_SYS_NICE).
class Precedence {
public:
    explicit Precedence(const std::vector<pid_t>& processes);
    ~Precedence();
    Precedence(const Precedence&) = delete;
    Precedence& operator=(const Precedence&) = delete;

private:
    struct Raised {
        pid_t id = 0; ///< of a thread; of a process when it is a session's
        bool is_session = false;
        int nice_before = 0;
    };
    void raise_session(pid_t process);
    void raise_threads(pid_t process);

    std::vector<Raised> raised_;
};

/// Keeps threads on the processors that the caller may use, one after the other, for as long as it lives: the first
/// on the first, and so on in turns. Afterwards they may run on all of these again (sched_setaffinity(2)).
class Placement {
public:
    explicit Placement(std::vector<pid_t> threads);
    ~Placement();
    Placement(const Placement&) = delete;
    Placement& operator=(const Placement&) = delete;

    [[nodiscard]] const std::vector<std::uint32_t>& processors() const { return processors_; }

private:
    std::vector<pid_t> threads_;
    std::vector<std::uint32_t> processors_;
};

} // namespace bulkhead::sys
