// bulkhead-host: a process that carries workers; with the argument "zygote" it forks such processes, with "janitor" it
// removes what a killed supervisor leaves behind. The supervisor starts it with the descriptors that host.hpp,
// blackbox.hpp and janitor.hpp name; it is of no use by hand.

#include "workers/blackbox.hpp"
#include "workers/host.hpp"
#include "workers/janitor.hpp"

#include <string_view>

int main(int argument_count, char** arguments)
{
    using namespace bulkhead::workers;
    const std::string_view part = argument_count > 1 ? arguments[1] : "host";
    if (part == "zygote")
        return run_zygote(zygote_descriptor);
    if (part == "janitor")
        return run_janitor(janitor_descriptor);
    return run_host(box_descriptor, bell_descriptor);
}
