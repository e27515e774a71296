#pragma once

#include "harness/sys/exec.hpp"

#include <chrono>
#include <filesystem>
#include <span>

namespace bulkhead::run {

/// Starts a program through Boost.Process and takes over from it: the Pidfd is the process's one reaper.
/// See sys::execute for what the child is like, and for the errors.
sys::Pidfd launch(const std::filesystem::path& program, const char* argument, const sys::Fd& null,
                  std::span<const int> passed, pid_t group = sys::own_session,
                  std::chrono::milliseconds limit = sys::ExecRequest{}.limit);

} // namespace bulkhead::run
