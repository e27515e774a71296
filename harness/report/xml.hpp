#pragma once

#include <string>
#include <string_view>

namespace bulkhead::report {

/// The text as it may stand in an XML 1.0 document, in an attribute as well as between tags. What no such document may
/// hold, not even escaped (control characters, bytes that are not UTF-8), becomes U+FFFD.
std::string xml(std::string_view text);

} // namespace bulkhead::report
