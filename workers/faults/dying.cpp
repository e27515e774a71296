#include "workers/faults/dying.hpp"

#include "workers/faults/faults.hpp"

namespace bulkhead::workers::faults {
namespace {

// noinline and opaque: in the destructor itself, the object's type would be known.
[[gnu::noinline]] void ask(Dying* dying)
{
    opaque(dying)->last_words();
}

} // namespace

Dying::~Dying()
{
    ask(this);
}

} // namespace bulkhead::workers::faults
