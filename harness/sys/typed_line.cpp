#include "harness/sys/typed_line.hpp"

#include "harness/sys/error.hpp"

#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace bulkhead::sys {

bool is_typed_at()
{
    return ::isatty(STDIN_FILENO) == 1;
}

TypedLine read_typed_line(int stop)
{
    TypedLine typed;
    for (;;) {
        std::array<pollfd, 2> waiting{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{stop, POLLIN, 0}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0) {
            if (errno == EINTR) {
                continue;
            }
            refuse("poll");
        }
        if (waiting[1].revents != 0) {
            typed.how = Typed::stopped;
            return typed;
        }
        // One byte at a time: what comes after the line belongs to whoever reads next.
        char letter = 0;
        const ssize_t count = ::read(STDIN_FILENO, &letter, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            typed.how = typed.text.empty() ? Typed::end : Typed::line;
            return typed;
        }
        if (letter == '\n') {
            typed.how = Typed::line;
            return typed;
        }
        typed.text += letter;
    }
}

} // namespace bulkhead::sys
