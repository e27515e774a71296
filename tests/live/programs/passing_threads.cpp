// passing-threads N: keeps N threads going besides its first, each of which starts the next and ends after 2 ms, until
// its parent ends.

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <pthread.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace {

void start_next();

void* pass(void* /*nothing*/)
{
    const timespec for_a_while{0, 2'000'000};
    ::nanosleep(&for_a_while, nullptr);
    start_next();
    return nullptr;
}

void start_next()
{
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread{};
    while (::pthread_create(&thread, &attributes, &pass, nullptr) != 0) {
        ::usleep(100);
    }
    ::pthread_attr_destroy(&attributes);
}

} // namespace

int main(int count, char** words)
{
    ::alarm(120); // should its parent have ended before this
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int left = count == 2 ? std::atoi(words[1]) : 0; left > 0; --left) {
        start_next();
    }
    for (;;) {
        ::pause();
    }
}
