#pragma once

#include "harness/sys/termination.hpp"

#include <string>
#include <system_error>

namespace bulkhead::run {

/// What the environment refused, in words, with the remedy where there is one.
std::string describe_refusal(const std::system_error& refused);

/// How a host ended that ended too soon, with what its exit code means.
std::string describe_host_end(const sys::Termination& termination);

} // namespace bulkhead::run
