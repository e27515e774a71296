#pragma once

#include "harness/model/anatomy.hpp"
#include "harness/run/pool.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bulkhead::run {

/// A worker's ops when it has come to rest after its latest answer; nullopt when it does not. A worker that has
/// answered completes an op more, and sleeps for its pace.
std::optional<std::uint64_t> ops_at_rest(Pool& pool, Lane& lane, model::WorkerId id);

/// Who sees what a worker writes. One worker after the other completes an op, which writes a new value to each of its
/// parts; the supervisor looks before and after at those addresses in the address space in which each of the others
/// lives (process_vm_readv(2)). The worker's own address space is the control: the value must not be there before the
/// write, and must be after it.
///
/// The same address usually exists in every host, as all run the same program at fixed addresses: same address, other
/// memory.
class WriteTest {
public:
    /// All workers are at rest. `anatomy` has its workers, with their addresses, and its pairs; the test adds the
    /// controls and the sights.
    WriteTest(Pool& pool, Lane& lane, model::Anatomy& anatomy) : pool_(pool), lane_(lane), anatomy_(anatomy) {}
    void run();

private:
    /// What is found at each of a worker's addresses, in their order, in one address space.
    using Glances = std::vector<model::Glance>;

    void test(model::WorkerAnatomy& writer);
    /// Has it complete an op; false when it does not answer.
    bool let_write(model::WorkerId id);
    /// By reader, in pool order.
    [[nodiscard]] std::vector<Glances> look_from_everywhere(const model::WorkerAnatomy& writer) const;
    void note_part(model::WorkerAnatomy& writer, std::size_t address, std::uint64_t written,
                   const std::vector<Glances>& before, const std::vector<Glances>& after);
    void note_unknown(const model::WorkerAnatomy& writer, std::string_view why);
    [[nodiscard]] model::Pair& pair_of(model::WorkerId writer, model::WorkerId reader);

    Pool& pool_;
    Lane& lane_;
    model::Anatomy& anatomy_;
};

} // namespace bulkhead::run
