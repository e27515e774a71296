#pragma once

#include <cerrno>
#include <system_error>

namespace bulkhead::sys {

/// The environment refused: throws std::system_error with errno and the name of the call.
[[noreturn]] inline void refuse(const char* call, int error = errno)
{
    throw std::system_error(error, std::generic_category(), call);
}

} // namespace bulkhead::sys
