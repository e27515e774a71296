// bulkhead-host: a process that carries workers, or (with the argument "zygote") forks such processes. The supervisor
// starts it with the descriptors that host.hpp and blackbox.hpp name; it is of no use by hand.

#include "workers/blackbox.hpp"
#include "workers/host.hpp"

#include <string_view>

int main(int argument_count, char** arguments)
{
    using namespace bulkhead::workers;
    if (argument_count > 1 && std::string_view{arguments[1]} == "zygote")
        return run_zygote(zygote_descriptor);
    return run_host(box_descriptor, bell_descriptor);
}
