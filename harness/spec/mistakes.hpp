#pragma once

#include "harness/spec/document.hpp"
#include "harness/spec/spec.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::spec {

/// Gathers the mistakes of one file, whatever the order in which they are found.
class Mistakes {
public:
    /// `toml` must outlive this object.
    Mistakes(std::string_view toml, std::string_view origin);

    void add(Position at, std::string message, std::string hint);
    [[nodiscard]] bool none() const { return found_.empty(); }
    [[nodiscard]] std::size_t count() const { return found_.size(); }
    /// In the order of the file.
    [[nodiscard]] Diagnostics sorted() const;

private:
    std::vector<std::string_view> lines_;
    std::string origin_;
    Diagnostics found_;
};

} // namespace bulkhead::spec
