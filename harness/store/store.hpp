#pragma once

#include "harness/model/experiment.hpp"
#include "harness/model/look.hpp"
#include "harness/model/trial.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace bulkhead::store {

/// A results file could not be made, written or read: names the file, what was tried, and what would mend it.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One thing known of the machine or of the program: "kernel" = "6.1.0-13-amd64".
struct Fact {
    std::string name;
    std::string value;
    bool operator==(const Fact&) const = default;
};

/// Name of the facts that tell when a campaign was gone on with, one for each time.
inline constexpr const char* gone_on = "gone on";

/// A trial in outline: what is told of it without its hosts and workers.
struct Outline {
    std::uint32_t id = 0;
    model::TrialAddress address;
};

/// Creates a results file, or takes up one that is there, and adds trials to it. One transaction for each trial. Not
/// thread-safe.
class Writer {
public:
    /// Makes the file (and its folder). Refuses to touch one that exists.
    Writer(const std::filesystem::path& path, const model::Experiment& experiment,
           const std::vector<model::Cell>& cells, const std::vector<Fact>& facts);
    /// Takes up a file whose campaign did not come to its end, however that was, and notes when among its facts.
    /// `cells` are those of its experiment, and `known` the number of its trials, which are refused when they have
    /// become more.
    static Writer take_up(const std::filesystem::path& path, const std::vector<model::Cell>& cells,
                          std::uint32_t known);
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;
    ~Writer();

    /// The trial is committed when this returns: a kill -9 afterwards does not lose it.
    void add(const model::TrialRecord& record);
    /// Notes how long the campaign has been at work, each time that it was gone on with included.
    void note_took(std::chrono::nanoseconds took);
    /// Notes how far the rules that may stop the campaign have come, in place of what was noted before. The trials that
    /// it tells of are in the file.
    void note_look(const model::Look& look);
    /// What was noted of that is not to be believed any more, if anything was.
    void forget_look();
    /// False: the file was removed, moved or replaced, so that nobody finds what was added.
    [[nodiscard]] bool is_there() const;
    /// Notes how the campaign ended ("complete", "interrupted", or why it broke off) and when, and which rule has
    /// stopped it, if one has; folds the WAL back in.
    void finish(const std::string& how, std::optional<model::Stopped> stopped = std::nullopt);

private:
    struct Impl;
    explicit Writer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Removes a results file whose writer was ended before it had put anything into it, and which nobody keeps. False, and
/// the file stays, when it is any other.
bool discard_unbegun(const std::filesystem::path& path);

/// In which order trials are read.
enum class Order : std::uint8_t { by_id, as_finished };

/// Reads a results file, also one whose writer was killed or is still at work.
class Reader {
public:
    explicit Reader(const std::filesystem::path& path);
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    [[nodiscard]] std::string experiment_text() const;
    [[nodiscard]] std::string origin() const;
    /// Gives an experiment that was read from experiment_text() what the machine that ran it added (model::contain).
    void restore(model::Experiment& experiment) const;
    [[nodiscard]] std::vector<Fact> facts() const;
    [[nodiscard]] std::string ended() const;                     ///< as given to finish(); empty when it never was
    [[nodiscard]] std::optional<model::Stopped> stopped() const; ///< as given to finish()
    [[nodiscard]] std::chrono::nanoseconds took() const;         ///< as given to note_took(); 0 when it never was
    /// As given to note_look(); nullopt when it never was, or cannot be made out.
    [[nodiscard]] std::optional<model::Look> look() const;
    [[nodiscard]] std::uint32_t trial_count() const;
    [[nodiscard]] std::optional<model::TrialRecord> trial(std::uint32_t id) const;
    [[nodiscard]] std::vector<std::uint32_t> trial_ids() const; ///< ascending
    /// Every trial in outline, in the order of ids: a million of them within a second.
    void for_each_outline(const std::function<void(const Outline&)>& visit) const;
    /// Every trial in the order of ids, or in that in which they finished; memory does not grow with their number.
    void for_each(const std::function<void(const model::TrialRecord&)>& visit, Order order = Order::by_id) const;
    /// Those of these ids that there are, in the order of the ids.
    void for_each_of(const std::vector<std::uint32_t>& ids,
                     const std::function<void(const model::TrialRecord&)>& visit) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace bulkhead::store
