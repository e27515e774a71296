#pragma once

#include "harness/model/anatomy.hpp"
#include "harness/texts/texts.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::report {

/// What two workers have in common of one part of memory, or of one thing that the kernel keeps.
enum class Tie : std::uint8_t { none, same, same_file, unknown };

/// Who has one and the same, of a part or of a thing that the kernel keeps.
class Ties {
public:
    Ties(const model::Anatomy& anatomy, model::Part part);
    Ties(const model::Anatomy& anatomy, sys::Resource resource);

    /// By their places in the pool's order.
    [[nodiscard]] bool together(std::size_t a, std::size_t b) const { return group_.at(a) == group_.at(b); }
    /// It is the same page of the same file, which nobody can write.
    [[nodiscard]] bool is_file() const { return is_file_; }
    [[nodiscard]] bool is_unknown() const { return mates_.unknown + others_.unknown > 0; }

    /// `all` or `none` where the pairs agree, "3 of 6 pairs", "unknown"; empty where there are no such pairs.
    [[nodiscard]] std::string of_mates(texts::Language language, std::string_view all, std::string_view none) const
    {
        return mates_.text(language, all, none);
    }
    [[nodiscard]] std::string of_others(texts::Language language, std::string_view all, std::string_view none) const
    {
        return others_.text(language, all, none);
    }

private:
    struct Count {
        std::size_t pairs = 0;
        std::size_t tied = 0;
        std::size_t unknown = 0;

        void add(Tie tie);
        [[nodiscard]] std::string text(texts::Language language, std::string_view all, std::string_view none) const;
    };

    explicit Ties(std::size_t workers);
    void add(const model::Anatomy& anatomy, const model::Pair& pair, Tie tie);

    std::vector<std::size_t> group_;
    Count mates_;
    Count others_;
    bool is_file_ = false;
};

} // namespace bulkhead::report
