#pragma once

#include "harness/sys/fd.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace bulkhead::sys {

/// socketpair(2), AF_UNIX, SOCK_STREAM: like a pipe, but both ways, and without SIGPIPE. To send takes two seconds at
/// most. What was sent can be read also after the sender's end.
std::pair<Fd, Fd> stream_pair();

/// Sends the text and a line end. Throws when the other end is gone.
void send_line(const Fd& stream, std::string text);

/// False when the limit has passed and there is nothing to read, not even the end.
bool await_readable(const Fd& descriptor, std::chrono::milliseconds limit);

/// Takes one byte. False when the other end is gone, or the limit has passed.
bool await_byte(const Fd& stream, std::chrono::milliseconds limit);

} // namespace bulkhead::sys
