#pragma once

#include "workers/fault.hpp"

#include <sys/types.h>

// What a contamination and its control have in common.

namespace bulkhead::workers::faults {

/// How a fault ends that looks whether its change is there.
inline Aftermath took_if(bool is_there)
{
    return is_there ? Aftermath::goes_on : Aftermath::did_not_take;
}

inline constexpr const char* other_locale = "C.UTF-8";
inline constexpr uid_t nobody = 65534;

/// A directory that everybody may enter and that is not the working directory.
const char* other_directory();

} // namespace bulkhead::workers::faults
