#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace bulkhead::tests {

/// While it lives, whatever outlives its parent among the processes that the test starts becomes the test's own child
/// (PR_SET_CHILD_SUBREAPER): alive, or dead and not yet reaped, it can be neither overlooked nor taken by another.
class Orphanage {
public:
    Orphanage();
    ~Orphanage();
    Orphanage(const Orphanage&) = delete;
    Orphanage& operator=(const Orphanage&) = delete;

    /// Reaps every orphan; how many there were. nullopt when one of them is still alive after the limit. Only for when
    /// no Program is at work, for that would be taken for one.
    [[nodiscard]] std::optional<int> reap_all(std::chrono::milliseconds limit) const;
};

/// True while there is a process of this name (comm), be it a zombie.
bool any_process_named(const std::string& name);

} // namespace bulkhead::tests
