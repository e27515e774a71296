#include "harness/sys/terminal.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

int descriptor_of(Stream stream)
{
    switch (stream) {
    case Stream::out: return STDOUT_FILENO;
    case Stream::err: return STDERR_FILENO;
    }
    return STDERR_FILENO;
}

} // namespace

void open_closed_streams() noexcept
{
    int number = 0;
    while (number >= 0 && number <= STDERR_FILENO)
        number = ::open("/dev/null", O_RDONLY);
    ::close(number);
}

bool is_terminal(Stream stream)
{
    const char* term = std::getenv("TERM");
    const bool dumb = term == nullptr || std::string_view(term) == "dumb";
    return !dumb && ::isatty(descriptor_of(stream)) == 1;
}

std::uint32_t terminal_columns(Stream stream)
{
    winsize size{};
    return ::ioctl(descriptor_of(stream), TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

} // namespace bulkhead::sys
