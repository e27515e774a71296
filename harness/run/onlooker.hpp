#pragma once

#include "harness/model/experiment.hpp"
#include "harness/model/stamp.hpp"
#include "harness/sys/fd.hpp"
#include "harness/sys/mapping.hpp"
#include "harness/sys/termination.hpp"

#include <cstdint>
#include <optional>

namespace bulkhead::run {

/// Somebody who looks on while a trial runs. Called by the trial's lane a few times in a trial, never for an op: what
/// it does must be short and wait for nothing, or the trial is another one. Several lanes may call at once.
class Onlooker {
public:
    enum class Step : std::uint8_t { steady, challenged };

    Onlooker() = default;
    virtual ~Onlooker() = default;
    Onlooker(const Onlooker&) = delete;
    Onlooker& operator=(const Onlooker&) = delete;

    virtual void begun(std::uint32_t lane, const model::TrialPlan& plan, model::Stamp at) = 0;
    /// A host was launched, perhaps in the place of another. The box is lent for the call.
    virtual void launched(std::uint32_t lane, std::uint32_t host, const sys::Fd& box, model::Stamp at) = 0;
    virtual void reached(std::uint32_t lane, Step step, model::Stamp at) = 0;
    /// `told_to`: because the trial is over.
    virtual void ended(std::uint32_t lane, std::uint32_t host, const sys::Termination& how, model::Stamp at,
                       bool told_to) = 0;
};

/// What a black box shows to whoever looks at it, without a word to those who write there. None of it is checked: a
/// picture is no evidence.
class Glance {
public:
    Glance(const sys::Fd& box, model::Shape shape, bool commons);

    [[nodiscard]] std::uint64_t ops(std::uint32_t thread) const;
    /// The victim's stamp right before the fault; nullopt: none yet.
    [[nodiscard]] std::optional<model::Stamp> fired(std::uint32_t thread) const;

private:
    sys::Mapping mapping_;
};

} // namespace bulkhead::run
