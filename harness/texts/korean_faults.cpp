#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    {"nothing: a golden run, the control arm", "아무것도 하지 않음: 기준 실행(golden run), 곧 대조군"},
    {"Nothing is done, so nobody is within reach. A sibling lost here is a bug of the harness.",
     "아무 일도 하지 않으므로 영향을 받는 워커가 없습니다. 여기서 형제 워커를 잃었다면 하니스의 버그입니다."},
    {"writes through a null pointer", "널 포인터가 가리키는 곳에 씁니다"},
    {"The signal's default action ends the whole process, whichever thread raised it; other processes have an "
     "address space and a signal state of their own.",
     "이 시그널의 기본 동작은 어느 스레드가 일으켰든 프로세스 전체를 끝냅니다. 다른 프로세스는 주소 공간도 시그널 "
     "상태도 따로 가집니다."},
    {"reads an address that is not mapped", "매핑되지 않은 주소를 읽습니다"},
    {"writes to a page of code", "코드가 든 페이지에 씁니다"},
    {"jumps into the heap", "힙으로 점프합니다"},
    {"recurses without end, past the end of its stack", "끝없이 재귀하여 스택의 끝을 넘어갑니다"},
    {"The kernel cannot deliver SIGSEGV on a stack that is used up, and its default action ends the whole process.",
     "다 써 버린 스택 위에서는 커널이 SIGSEGV를 전달할 수 없으며, 그 기본 동작은 프로세스 전체를 끝냅니다."},
    {"touches a mapping beyond the end of its truncated file",
     "잘려서 짧아진 파일의 끝 너머, 매핑만 남은 곳을 건드립니다"},
    {"divides an integer by zero", "정수를 0으로 나눕니다"},
    {"executes an instruction that does not exist (ud2)", "존재하지 않는 명령어(ud2)를 실행합니다"},
    {"executes a breakpoint without a debugger", "디버거 없이 중단점 명령어를 실행합니다"},
    {"calls std::abort", "std::abort를 호출합니다"},
    {"fails an assertion", "assert의 조건을 어깁니다"},
    {"lets an exception leave the thread's function", "예외가 스레드 함수 밖으로 나가게 둡니다"},
    {"std::terminate calls abort, which ends the whole process: an exception stays in one thread only if that thread "
     "catches it.",
     "std::terminate가 abort를 호출하고, abort는 프로세스 전체를 끝냅니다. 예외는 그 스레드가 직접 잡을 때만 한 "
     "스레드 안의 일로 끝납니다."},
    {"throws out of a noexcept function", "noexcept 함수 밖으로 예외를 던집니다"},
    {"std::terminate is called at the throw; no handler further up can help.",
     "예외를 던지는 그 자리에서 std::terminate가 호출되므로, 호출 경로의 더 바깥에 있는 어떤 catch도 소용없습니다."},
    {"calls a pure virtual function of an object under destruction", "소멸 중인 객체의 순수 가상 함수를 호출합니다"},
    {"frees the same memory twice", "같은 메모리를 두 번 해제합니다"},
    {"glibc finds it and calls abort.", "glibc가 이를 알아차리고 abort를 호출합니다."},
    {"overruns a heap block into the next block's header, then frees it",
     "힙 블록을 넘어 다음 블록의 헤더까지 덮어쓴 뒤 해제합니다"},
    {"glibc finds the broken header when it next uses it and calls abort; until then nobody knows.",
     "glibc는 깨진 헤더를 다음에 쓸 때에야 알아차리고 abort를 호출합니다. 그때까지는 아무도 모릅니다."},
    {"overruns a local array under the stack protector", "스택 보호기가 지키는 지역 배열을 넘쳐 씁니다"},
    {"The stack protector calls abort.", "스택 보호기(stack protector)가 abort를 호출합니다."},
    {"raises SIGKILL", "스스로에게 SIGKILL을 보냅니다"},
    {"SIGKILL can be neither caught nor blocked, and ends the whole process.",
     "SIGKILL은 잡을 수도 막을 수도 없으며, 프로세스 전체를 끝냅니다."},
    {"writes to a pipe that nobody reads", "읽는 쪽이 없는 파이프에 씁니다"},
    {"SIGPIPE's default action ends the whole process; where it is ignored, write(2) fails with EPIPE and nobody "
     "dies.",
     "SIGPIPE의 기본 동작은 프로세스 전체를 끝냅니다. 무시하도록 해 두면 write(2)가 EPIPE로 실패할 뿐 아무도 죽지 "
     "않습니다."},
    {"makes a forbidden system call (SECCOMP_RET_KILL_PROCESS)",
     "금지된 시스템 호출을 합니다(SECCOMP_RET_KILL_PROCESS)"},
    {"The filter's action ends the whole process.", "필터에 정해 둔 동작이 프로세스 전체를 끝냅니다."},
    {"makes a forbidden system call (SECCOMP_RET_KILL_THREAD)", "금지된 시스템 호출을 합니다(SECCOMP_RET_KILL_THREAD)"},
    {"The filter's action ends the calling thread alone, without a word to anybody; the last thread takes the "
     "process with it.",
     "필터에 정해 둔 동작은 호출한 스레드만, 누구에게도 알리지 않고 끝냅니다. 마지막 스레드라면 프로세스도 함께 "
     "끝납니다."},
    {"burns processor time past RLIMIT_CPU", "RLIMIT_CPU 한도를 넘길 때까지 프로세서 시간을 씁니다"},
    {"The limit counts the time of all threads of the process, and SIGXCPU's default action ends them all.",
     "이 한도는 프로세스에 속한 모든 스레드의 시간을 합해서 세며, SIGXCPU의 기본 동작은 그 모두를 끝냅니다."},
    {"writes past RLIMIT_FSIZE", "RLIMIT_FSIZE를 넘겨 파일에 씁니다"},
    {"shrinks a file that is mapped, then touches the mapping", "매핑되어 있는 파일을 줄인 뒤 그 매핑을 건드립니다"},
    {"Whoever touches the part that is gone gets SIGBUS, in whatever process it is: a process does not isolate a "
     "mapping that it shares.",
     "없어진 부분을 건드리면 어느 프로세스에 있든 SIGBUS를 받습니다. 프로세스는 함께 쓰는 매핑까지 격리해 주지 "
     "않습니다."},
    {"raises SIGKILL as the only one who reads the pipe that the others write to",
     "다른 워커들이 쓰는 파이프를 혼자 읽다가 SIGKILL을 일으켜 끝납니다"},
    {"Who writes to a pipe that nobody reads any more gets SIGPIPE, whose default action ends its process: the death "
     "of "
     "one goes up a pipeline, process by process. Where SIGPIPE is ignored or blocked, write(2) fails with EPIPE and "
     "nobody else dies.",
     "더는 아무도 읽지 않는 파이프에 쓰면 SIGPIPE를 받고, 그 기본 동작은 프로세스를 끝내는 것입니다. 그래서 하나의 "
     "죽음이 파이프라인을 거슬러 프로세스마다 차례로 번집니다. SIGPIPE를 무시하거나 막아 두면 write(2)가 EPIPE로 "
     "실패할 "
     "뿐 다른 누구도 죽지 않습니다."},
    {"Nobody else may have the read end open, or nobody is told: the other hosts close theirs when they start, the "
     "supervisor before the fault, and it asks the kernel afterwards whether a reader is left (poll(2): POLLERR).",
     "다른 누군가가 읽는 쪽을 열어 두고 있으면 아무에게도 알려지지 않습니다. 그래서 다른 호스트는 시작할 때, "
     "감독자는 결함 전에 읽는 쪽을 닫으며, 그 뒤 읽는 이가 남았는지 커널에 묻습니다(poll(2): POLLERR)."},
    {"writes through a null pointer while it holds the pool's lock",
     "풀의 잠금을 쥔 채 널 포인터가 가리키는 곳에 씁니다"},
    {"The process ends, and the lock stays locked in the memory that others share. A guard that jumps out of the "
     "handler saves the thread and leaves the lock just as locked.",
     "프로세스는 끝나지만, 다른 프로세스와 함께 쓰는 메모리 속의 잠금은 잠긴 채 남습니다. 핸들러에서 뛰쳐나오는 보호 "
     "장치는 스레드를 살릴 뿐, 잠금은 똑같이 잠긴 채로 둡니다."},
    {"makes malloc itself crash, with the arena's lock held",
     "아레나의 잠금을 쥔 malloc 자신이 비정상 종료를 일으키게 합니다"},
    {"Without a guard the process ends. A guard that jumps out of the handler leaves malloc's lock locked and its "
     "lists in pieces: whoever allocates from that arena next waits for ever.",
     "보호 장치가 없으면 프로세스가 끝납니다. 핸들러에서 뛰쳐나오는 보호 장치는 malloc의 잠금을 잠긴 채로, 목록을 "
     "망가진 채로 남깁니다. 다음에 그 아레나에서 할당하려는 스레드는 영원히 기다립니다."},
    {"glibc takes the arena's lock only in a process that has ever had a second thread (SINGLE_THREAD_P in "
     "malloc.c); threads are spread over several arenas (mallopt(3), M_ARENA_MAX), which hides the damage until two "
     "meet. The pool's hosts have one arena.",
     "glibc는 두 번째 스레드가 한 번이라도 있었던 프로세스에서만 아레나의 잠금을 잡습니다(malloc.c의 "
     "SINGLE_THREAD_P). 또 스레드를 여러 아레나에 나누어 배치하므로(mallopt(3), M_ARENA_MAX), 두 스레드가 같은 "
     "아레나에서 만날 때까지 피해가 드러나지 않습니다. 풀의 호스트에는 아레나가 하나뿐입니다."},
    {"calls exit(3)", "exit(3)를 호출합니다"},
    {"Ending the program ends every thread of the process at once.",
     "프로그램을 끝내면 프로세스의 모든 스레드가 한꺼번에 끝납니다."},
    {"calls _exit(3)", "_exit(3)를 호출합니다"},
    {"_exit(2) in glibc is exit_group(2): every thread of the process ends.",
     "glibc의 _exit(2)는 곧 exit_group(2)이므로, 프로세스의 모든 스레드가 끝납니다."},
    {"calls quick_exit(3)", "quick_exit(3)를 호출합니다"},
    {"lets the main thread return from main", "주 스레드가 main에서 반환하게 합니다"},
    {"Returning from main is calling exit: cell-mates that still run are cut off.",
     "main에서 반환하는 것은 exit를 부르는 것과 같습니다. 같은 호스트에서 아직 일하던 워커는 도중에 끊깁니다."},
    {"replaces the process by another program", "프로세스를 다른 프로그램으로 바꿉니다"},
    {"execve ends all other threads and replaces the address space. The pid lives on, so waitpid tells nobody.",
     "execve는 다른 스레드를 모두 끝내고 주소 공간을 갈아 끼웁니다. pid는 그대로 살아 있으므로 waitpid로는 아무것도 "
     "알 수 없습니다."},
    {"calls pthread_exit", "pthread_exit를 호출합니다"},
    {"Only the calling thread ends; its cell-mates share the process, not the thread. What it held (locks, a message "
     "half-sent) stays as it was.",
     "호출한 스레드만 끝납니다. 같은 호스트의 워커와 함께 쓰는 것은 프로세스이지 스레드가 아닙니다. 그 스레드가 쥐고 "
     "있던 것(잠금, 보내다 만 메시지)은 그대로 남습니다."},
    {"ends its thread by the raw exit system call", "exit 시스템 호출을 직접 불러 자기 스레드만 끝냅니다"},
    {"is cancelled by pthread_cancel", "pthread_cancel로 취소됩니다"},
    {"throws an exception that the top of its thread catches",
     "예외를 던지고, 스레드의 최상위 함수에서 그 예외를 잡습니다"},
    {"The exception unwinds one stack and is handled there; nobody is within reach.",
     "예외는 스택 하나만 되감고 그 자리에서 처리됩니다. 영향을 받는 워커는 없습니다."},
    {"gets a signal sent to its process", "프로세스를 향해 보낸 시그널을 받습니다"},
    {"A signal's default action is the whole process's.", "시그널의 기본 동작은 프로세스 전체에 적용됩니다."},
    {"gets a signal sent to its thread", "스레드 하나를 향해 보낸 시그널을 받습니다"},
    {"The thread chooses who handles a signal; a fatal default action is carried out on the whole process all the "
     "same.",
     "스레드를 지정하는 것은 누가 시그널을 처리할지를 정할 뿐입니다. 끝내는 기본 동작이라면 그래도 프로세스 전체에 "
     "적용됩니다."},
    {"gets a signal sent to its process group, as ^C in a terminal is",
     "터미널의 ^C처럼, 프로세스 그룹을 향해 보낸 시그널을 받습니다"},
    {"Every member of the group gets the signal. Each host leads a group of its own, unless the pool shares the "
     "group.",
     "그룹의 모든 구성원이 시그널을 받습니다. 풀이 그룹을 공유하지 않는 한, 호스트는 저마다 자기 그룹의 리더입니다."},
    {"is stopped by SIGSTOP", "SIGSTOP으로 정지됩니다"},
    {"A stop is the whole process's; it can be neither caught nor blocked.",
     "정지는 프로세스 전체에 걸리며, 잡을 수도 막을 수도 없습니다."},
    {"is stopped by SIGSTOP, and continued by SIGCONT", "SIGSTOP으로 정지되었다가 SIGCONT로 다시 실행됩니다"},
    {"A stopped process loses nothing but time.", "정지된 프로세스가 잃는 것은 시간뿐입니다."},
    {"allocates past the limit of its memory cgroup", "자기 메모리 cgroup의 한도를 넘겨 할당합니다"},
    {"The kernel kills a whole process, with every thread of it. Which one it takes among several in the cgroup is "
     "its own choice: the largest, not the guilty one.",
     "커널은 프로세스 하나를 그 안의 모든 스레드와 함께 통째로 죽입니다. cgroup 안의 여럿 가운데 누구를 고를지는 "
     "커널이 정하며, 잘못한 프로세스가 아니라 가장 큰 프로세스를 고릅니다."},
    {"SIGKILL alone does not say who sent it. The trial counts as an OOM kill only when the kernel's own count for "
     "the cgroup has grown (memory.oom_control: oom_kill in v1, memory.events: oom_kill in v2).",
     "SIGKILL만 보아서는 누가 보냈는지 알 수 없습니다. 커널이 그 cgroup에 대해 직접 센 횟수가 늘었을 때에만(v1은 "
     "memory.oom_control의 oom_kill, v2는 memory.events의 oom_kill) 시행을 메모리 부족 강제 종료(OOM kill)로 "
     "인정합니다."},
    {"sleeps and never wakes", "잠든 뒤 다시 깨어나지 않습니다"},
    {"The victim holds nothing that others wait for.",
     "희생자는 다른 워커가 기다리는 것을 아무것도 쥐고 있지 않습니다."},
    {"loops for ever and burns a processor", "무한 루프를 돌며 프로세서를 계속 차지합니다"},
    {"The scheduler gives the others their share all the same; paced workers need little of it.",
     "그래도 스케줄러는 다른 워커에게 제 몫을 줍니다. 속도를 조절해 일하는 워커에게는 프로세서가 조금만 있으면 "
     "됩니다."},
    {"A spinning thread is runnable, not asleep: nothing but its op count shows that it gets nowhere.",
     "루프를 도는 스레드는 자고 있는 것이 아니라 실행 가능한 상태입니다. 나아가지 못한다는 것은 마친 연산의 수로만 "
     "드러납니다."},
    {"locks a mutex of its own twice", "자기만 쓰는 뮤텍스를 두 번 잠급니다"},
    {"A plain mutex waits for its owner, even if that is the caller. Nobody else uses this one.",
     "보통 뮤텍스는 소유자를 기다리며, 소유자가 호출한 자신이어도 마찬가지입니다. 이 뮤텍스를 쓰는 다른 스레드는 "
     "없습니다."},
    {"takes the pool's lock and keeps it", "풀의 잠금을 잡고 놓지 않습니다"},
    {"Everybody who needs the lock waits, in whatever process: a lock in shared memory carries a stall across "
     "processes. A robust lock does not help, for its owner lives.",
     "그 잠금이 필요한 워커는 어느 프로세스에 있든 모두 기다립니다. 공유 메모리에 놓인 잠금을 통해 멈춤이 다른 "
     "프로세스로 번집니다. 소유자가 살아 있으므로 견고한(robust) 잠금도 소용없습니다."},
    {"ends its thread inside the pool's lock", "풀의 잠금을 쥔 채 자기 스레드를 끝냅니다"},
    {"Nobody unlocks it any more. A robust lock is given to the next one, who is told that its owner died.",
     "이제 그 잠금을 풀어 줄 스레드가 없습니다. 견고한(robust) 잠금이라면 다음 스레드에게 넘어가고, 소유자가 "
     "죽었다는 사실도 알려집니다."},
    {"The kernel walks the list of robust locks of each thread that ends, so a robust mutex works between threads of "
     "one process as it does between processes (get_robust_list(2)).",
     "커널은 끝나는 스레드마다 그 스레드의 견고한 잠금 목록을 훑습니다. 그래서 robust 뮤텍스는 프로세스 사이에서와 "
     "똑같이 한 프로세스의 스레드 사이에서도 작동합니다(get_robust_list(2))."},
    {"is cancelled asynchronously while it holds malloc's lock", "malloc의 잠금을 쥐고 있는 동안 비동기로 취소됩니다"},
    {"malloc is not safe to be cancelled inside: the arena's lock stays locked, and whoever allocates from that "
     "arena next waits for ever.",
     "malloc은 실행 도중에 취소되어도 안전한 함수가 아닙니다. 아레나의 잠금이 잠긴 채 남고, 다음에 그 아레나에서 "
     "할당하려는 스레드는 영원히 기다립니다."},
    {"Only pthread_cancel, pthread_setcancelstate and pthread_setcanceltype are safe under asynchronous cancellation "
     "(pthreads(7)). Several arenas would hide the stall; the pool's hosts have one.",
     "비동기 취소에 안전한 함수는 pthread_cancel, pthread_setcancelstate, "
     "pthread_setcanceltype뿐입니다(pthreads(7)). 아레나가 여럿이면 멈춤이 가려지지만, 풀의 호스트에는 하나뿐입니다."},
    {"forks while another thread of its process holds a lock; the child waits for it in vain",
     "같은 프로세스의 다른 스레드가 잠금을 쥐고 있을 때 fork하고, 자식은 그 잠금을 헛되이 기다립니다"},
    {"The child has a copy of the locked lock and not of the thread that would unlock it. Nobody else is within "
     "reach; a child that executes another program is safe.",
     "자식은 잠긴 잠금의 사본만 가질 뿐, 그것을 풀어 줄 스레드는 갖지 않습니다. 다른 워커는 영향을 받지 않으며, "
     "자식이 곧바로 다른 프로그램을 실행한다면 안전합니다."},
    {"stops reading the pipe that the others write to", "다른 워커들이 쓰는 파이프를 더 읽지 않습니다"},
    {"A pipe holds so much, and then its writers wait, in whatever process they are: a channel carries a stall "
     "across processes. Bounded or non-blocking sends would not wait.",
     "파이프가 담을 수 있는 양에는 한계가 있고, 다 차면 쓰는 쪽은 어느 프로세스에 있든 기다립니다. 이렇게 채널을 통해 "
     "멈춤이 다른 프로세스로 번집니다. 시간을 제한하거나 비차단(non-blocking)으로 보낸다면 기다리지 않습니다."},
    {"allocates until RLIMIT_AS refuses, and keeps it", "RLIMIT_AS에 막힐 때까지 메모리를 할당하고 놓지 않습니다"},
    {"The limit is on the address space, which the threads of a process share: their allocations fail from then on.",
     "이 한도는 프로세스의 스레드가 함께 쓰는 주소 공간에 걸립니다. 그때부터 다른 스레드의 할당도 실패합니다."},
    {"Without the limit Linux promises more memory than there is (overcommit, proc(5): "
     "/proc/sys/vm/overcommit_memory), and the failure comes later, as an OOM kill of whoever touches it.",
     "이 한도가 없으면 리눅스는 실제로 있는 것보다 많은 메모리를 약속합니다(overcommit, proc(5): "
     "/proc/sys/vm/overcommit_memory). 실패는 나중에, 그 메모리를 건드린 쪽이 메모리 부족으로 강제 종료(OOM "
     "kill)되는 모습으로 찾아옵니다."},
    {"opens descriptors until RLIMIT_NOFILE refuses", "RLIMIT_NOFILE에 막힐 때까지 파일 서술자를 엽니다"},
    {"Threads share the descriptor table: nobody in the process can open or accept anything any more.",
     "스레드는 서술자 테이블을 함께 씁니다. 이제 그 프로세스에서는 아무도 파일을 열거나 연결을 받아들일 수 없습니다."},
    {"starts threads until the limit refuses", "한도에 막힐 때까지 스레드를 만듭니다"},
    {"A pids cgroup counts the threads of its own processes; RLIMIT_NPROC counts all threads of the user, so that "
     "every host under the same limit is refused too.",
     "pids cgroup은 자기에게 속한 프로세스의 스레드만 셉니다. RLIMIT_NPROC은 그 사용자의 스레드를 모두 세므로, 같은 "
     "한도 아래 있는 다른 호스트도 모두 거절당합니다."},
    {"RLIMIT_NPROC counts the processes and threads of the real user id, whoever started them, and is not enforced "
     "for root or with CAP_SYS_RESOURCE or CAP_SYS_ADMIN (getrlimit(2)). As root the trial uses a pids cgroup for "
     "each host. The fault goes on taking the places that come free, and a trial in which somebody found one, because "
     "others had ended, decides nothing.",
     "RLIMIT_NPROC은 누가 만들었든 실제 사용자 ID가 같은 프로세스와 스레드를 세며, root이거나 CAP_SYS_RESOURCE 또는 "
     "CAP_SYS_ADMIN이 있으면 적용되지 않습니다(getrlimit(2)). root로 실행할 때는 호스트마다 pids cgroup을 둡니다. "
     "이 결함은 나중에 비는 자리도 계속 차지하며, 다른 스레드가 끝나서 누군가 자리를 얻은 시행으로는 아무것도 판정하지 "
     "않습니다."},
    {"fills the small disk of its host", "자기 호스트의 작은 디스크를 가득 채웁니다"},
    {"A process does not isolate a disk: whoever writes there gets ENOSPC.",
     "프로세스는 디스크를 격리하지 않습니다. 그곳에 쓰는 워커는 누구나 ENOSPC를 받습니다."},
    {"starts 64 spinning threads for each processor", "프로세서마다 루프를 도는 스레드를 64개씩 만듭니다"},
    {"Processor time is shared out among those who want it: among all threads of the machine, or first among "
     "sessions, where the kernel groups them.",
     "프로세서 시간은 원하는 쪽끼리 나누어 가집니다. 시스템의 모든 스레드가 나누거나, 커널이 세션별로 묶는 경우에는 "
     "먼저 세션끼리 나눕니다."},
    {"With /proc/sys/kernel/sched_autogroup_enabled, and in the root CPU cgroup only, each session gets an equal "
     "share of the processors however many threads it has: then hosts with sessions of their own are protected from "
     "one another, and a nice value counts within a session only (sched(7)).",
     "/proc/sys/kernel/sched_autogroup_enabled가 켜져 있으면 루트 CPU cgroup 안에서는 각 세션이 스레드가 몇 개이든 "
     "프로세서를 똑같은 몫으로 나누어 받습니다. 그러면 세션이 다른 호스트는 서로 보호되고, nice 값은 한 세션 "
     "안에서만 의미가 있습니다(sched(7))."},
    {"overwrites the checked heap objects of its cell-mates", "같은 호스트의 워커들이 검사하는 힙 객체를 덮어씁니다"},
    {"Every thread can write wherever the process can; other processes have memory of their own.",
     "프로세스가 쓸 수 있는 곳이면 어느 스레드나 쓸 수 있습니다. 다른 프로세스는 메모리를 따로 가집니다."},
    {"writes through freed pointers to memory that its cell-mates' objects now have",
     "해제한 포인터로, 이제 같은 호스트의 워커들이 쓰는 객체가 된 메모리에 씁니다"},
    {"The allocator gives freed memory to the next who asks, whichever thread that is.",
     "할당자는 해제된 메모리를 어느 스레드든 다음에 요청하는 쪽에 내줍니다."},
    {"runs past the end of its buffers into its cell-mates' objects",
     "자기 버퍼의 끝을 넘어 같은 호스트의 워커들이 쓰는 객체까지 씁니다"},
    {"Objects of all threads lie side by side in one heap.", "모든 스레드의 객체는 한 힙에 나란히 놓여 있습니다."},
    {"writes into the stacks of its cell-mates", "같은 호스트에 있는 워커들의 스택에 씁니다"},
    {"A thread's stack is private by convention only: it lies in the memory that all threads share.",
     "스레드의 스택이 자기 것이라는 말은 관례일 뿐입니다. 스택도 모든 스레드가 함께 쓰는 메모리에 놓여 있습니다."},
    {"flips one bit in the globals of each worker of its process",
     "같은 프로세스에 있는 워커마다 그 전역 변수에서 비트 하나를 뒤집습니다"},
    {"One copy of the globals serves all threads of the process.",
     "전역 변수는 한 벌뿐이고, 프로세스의 모든 스레드가 그것을 씁니다."},
    {"overwrites the shared memory segment", "공유 메모리 세그먼트를 덮어씁니다"},
    {"Shared memory is shared: a process does not protect what it maps writable together with others.",
     "공유 메모리는 말 그대로 공유됩니다. 다른 프로세스와 함께 쓰기 가능으로 매핑한 것은 프로세스가 지켜 주지 "
     "않습니다."},
    {"writes to cell-mates from a stack frame so large that it begins beyond the guard page",
     "보호 페이지 너머에서 시작할 만큼 큰 스택 프레임에서 같은 호스트의 워커들에게 씁니다"},
    {"A guard page stops only who touches it: a frame larger than it leaps over, and no signal is raised.",
     "보호 페이지(guard page)는 그것을 건드릴 때만 막습니다. 보호 페이지보다 큰 프레임은 그 위를 뛰어넘으며, "
     "시그널은 일어나지 않습니다."},
    {"-fstack-clash-protection touches every page of a large frame in turn, which makes it a SIGSEGV again; the file "
     "of this fault is compiled without it.",
     "-fstack-clash-protection은 큰 프레임의 페이지를 차례로 모두 건드려 다시 SIGSEGV가 되게 합니다. 이 결함의 소스 "
     "파일은 그 옵션 없이 컴파일합니다."},
    {"ends its thread half-way through an update of the shared record, and its lock is released on the way",
     "공유 레코드를 갱신하는 도중에 스레드를 끝내고, 그러는 사이에 잠금이 풀립니다"},
    {"Unlocking says nothing about the record: whoever comes next finds it half-written, and a robust lock that is "
     "taken over without repair is no better.",
     "잠금을 푸는 일은 레코드에 대해 아무것도 말해 주지 않습니다. 다음에 오는 쪽은 반쯤 쓰인 레코드를 보게 되며, "
     "견고한(robust) 잠금도 넘겨받고 고치지 않으면 나을 것이 없습니다."},
    {"pthread_exit and cancellation unwind the C++ stack, so that a lock_guard unlocks; the half-done update behind "
     "it is not undone.",
     "pthread_exit와 취소는 C++ 스택을 되감으므로 lock_guard가 잠금을 풉니다. 그 뒤에서 하다 만 갱신은 되돌려지지 "
     "않습니다."},
    {"changes the working directory", "작업 디렉터리를 바꿉니다"},
    {"The working directory belongs to the process: relative paths of all threads now mean something else.",
     "작업 디렉터리는 프로세스의 것입니다. 이제 모든 스레드의 상대 경로가 다른 곳을 가리킵니다."},
    {"gives its thread a working directory of its own, and changes that",
     "자기 스레드에 따로 작업 디렉터리를 두고 그것을 바꿉니다"},
    {"unshare(CLONE_FS) takes the thread out of what the process shares: the control for change-directory.",
     "unshare(CLONE_FS)는 스레드를 프로세스가 공유하는 것에서 떼어 냅니다. change-directory의 대조군입니다."},
    {"changes the file mode creation mask", "파일 생성 마스크(umask)를 바꿉니다"},
    {"The mask belongs to the process.", "이 마스크는 프로세스의 것입니다."},
    {"closes the descriptor of a file that the others use", "다른 워커들이 쓰는 파일의 서술자를 닫습니다"},
    {"Threads share one descriptor table; processes have copies.",
     "스레드는 서술자 테이블 하나를 함께 쓰고, 프로세스는 사본을 가집니다."},
    {"puts another file behind the number of a descriptor that the others use",
     "다른 워커들이 쓰는 서술자 번호에 다른 파일을 연결합니다"},
    {"Threads share one descriptor table: the same number now reads the wrong file, and nobody is told.",
     "스레드는 서술자 테이블 하나를 함께 씁니다. 같은 번호가 이제 엉뚱한 파일을 읽지만, 아무도 그 사실을 통보받지 "
     "못합니다."},
    {"moves the offset of a file that the others read", "다른 워커들이 읽는 파일의 오프셋을 옮깁니다"},
    {"The offset is part of the open file description, which a descriptor inherited by fork still refers to; who "
     "opens the file anew has an offset of its own.",
     "오프셋은 열린 파일 서술(open file description)에 속하며, fork로 물려받은 서술자도 여전히 그것을 가리킵니다. "
     "파일을 새로 연 쪽은 오프셋을 따로 가집니다."},
    {"sets O_NONBLOCK on a file that the others use", "다른 워커들이 쓰는 파일에 O_NONBLOCK을 설정합니다"},
    {"The status flags are part of the open file description, not of the descriptor.",
     "상태 플래그는 서술자가 아니라 열린 파일 서술(open file description)에 속합니다."},
    {"opens and closes a file on which its process holds a record lock",
     "자기 프로세스가 레코드 잠금을 쥐고 있는 파일을 열었다가 닫습니다"},
    {"The lock belongs to the process and the file: closing any descriptor of the file drops it.",
     "이 잠금은 프로세스와 파일의 짝에 속합니다. 그 파일의 서술자를 어느 것이든 하나 닫으면 잠금이 풀립니다."},
    {"\"If a process closes any file descriptor referring to a file, then all of the process's locks on that file "
     "are released\" (fcntl_locking(2)). Open file description locks (F_OFD_SETLK) do not have this flaw.",
     "\"프로세스가 어떤 파일을 가리키는 파일 서술자를 하나라도 닫으면, 그 파일에 대한 그 프로세스의 잠금이 모두 "
     "풀린다\"(fcntl_locking(2)). 열린 파일 서술에 거는 잠금(F_OFD_SETLK)에는 이 결점이 없습니다."},
    {"ignores SIGUSR1", "SIGUSR1을 무시합니다"},
    {"Dispositions belong to the process; only the mask is each thread's own.",
     "시그널 처리 방식(disposition)은 프로세스의 것이고, 스레드마다 따로 있는 것은 마스크뿐입니다."},
    {"installs a handler of its own for SIGUSR2", "SIGUSR2에 자기 핸들러를 설치합니다"},
    {"Dispositions belong to the process: there is one handler for all threads.",
     "시그널 처리 방식(disposition)은 프로세스의 것입니다. 모든 스레드에 핸들러는 하나뿐입니다."},
    {"lowers a limit of its process (RLIMIT_MSGQUEUE)", "자기 프로세스의 한도(RLIMIT_MSGQUEUE)를 낮춥니다"},
    {"Limits belong to the process.", "한도는 프로세스의 것입니다."},
    {"sets a variable of the environment", "환경 변수를 설정합니다"},
    {"One environment serves all threads of the process.", "프로세스의 모든 스레드가 환경 변수 한 벌을 함께 씁니다."},
    {"changes the locale by setlocale", "setlocale로 로캘을 바꿉니다"},
    {"The global locale belongs to the process.", "전역 로캘은 프로세스의 것입니다."},
    {"changes the locale of its thread by uselocale", "uselocale로 자기 스레드의 로캘을 바꿉니다"},
    {"uselocale changes the calling thread's locale only: the control for locale.",
     "uselocale은 호출한 스레드의 로캘만 바꿉니다. locale의 대조군입니다."},
    {"sets TZ and calls tzset", "TZ를 설정하고 tzset을 호출합니다"},
    {"The time zone is a global of the C library.", "시간대는 C 라이브러리의 전역 변수입니다."},
    {"changes the effective user by seteuid of the C library", "C 라이브러리의 seteuid로 유효 사용자를 바꿉니다"},
    {"POSIX says that credentials belong to the process; the kernel keeps them for each thread, and glibc signals "
     "every thread to change its own.",
     "POSIX에서 자격 증명은 프로세스의 것입니다. 커널은 스레드마다 따로 두므로, glibc는 모든 스레드에 시그널을 보내 "
     "저마다 자기 것을 바꾸게 합니다."},
    {"glibc's wrappers of setuid(2) and its kin make every thread do the system call, by a real-time signal that it "
     "keeps to itself (nptl(7)); the raw system call changes the calling thread alone: see drop-privileges-alone.",
     "glibc의 setuid(2) 계열 함수는 glibc만 쓰는 실시간 시그널로 모든 스레드가 그 시스템 호출을 하게 "
     "합니다(nptl(7)). 시스템 호출을 직접 부르면 호출한 스레드만 바뀝니다. drop-privileges-alone을 보십시오."},
    {"changes the effective user of its thread by the raw system call",
     "시스템 호출을 직접 불러 자기 스레드의 유효 사용자를 바꿉니다"},
    {"The kernel keeps credentials for each thread: the control for drop-privileges.",
     "커널은 자격 증명을 스레드마다 따로 둡니다. drop-privileges의 대조군입니다."},
    {"arms a timer that nobody handles", "타이머를 맞추지만, 그 시그널을 처리하는 핸들러는 없습니다"},
    {"The timer is the process's, and so is SIGALRM's default action: it ends all threads.",
     "타이머도 SIGALRM의 기본 동작도 프로세스의 것이므로, 모든 스레드가 끝납니다."},
    {"takes the rights from memory that all use, which dies at the next touch",
     "모두가 쓰는 메모리에서 접근 권한을 빼앗고, 다음에 건드릴 때 죽습니다"},
    {"The mapping is the process's: whichever thread touches it next ends them all.",
     "매핑은 프로세스의 것입니다. 어느 스레드든 다음에 그곳을 건드리는 쪽이 모두를 끝냅니다."},
    {"unmaps memory that all use, and dies at the next touch",
     "모두가 쓰는 메모리의 매핑을 해제하고, 다음에 건드릴 때 죽습니다"},
    {"sets errno", "errno를 설정합니다"},
    {"errno is each thread's own: a control.", "errno는 스레드마다 따로 있습니다. 대조군입니다."},
    {"blocks every signal", "모든 시그널을 막습니다"},
    {"The mask is each thread's own: a control.", "시그널 마스크는 스레드마다 따로 있습니다. 대조군입니다."},
    {"raises its nice value", "자기 nice 값을 올립니다"},
    {"On Linux the nice value is each thread's own: a control.",
     "리눅스에서 nice 값은 스레드마다 따로 있습니다. 대조군입니다."},
    {"POSIX says that the nice value belongs to the process; on Linux it is the thread's (setpriority(2), bugs).",
     "POSIX에서 nice 값은 프로세스의 것이지만, 리눅스에서는 스레드의 것입니다(setpriority(2)의 BUGS)."},
    {"binds its thread to one processor", "자기 스레드를 프로세서 하나에 묶습니다"},
    {"The affinity mask is each thread's own: a control.",
     "CPU 친화도 마스크는 스레드마다 따로 있습니다. 대조군입니다."},
    {"sched_setaffinity takes a thread id, though its argument is called pid: 0 and the main thread's id change one "
     "thread, not the process (sched_setaffinity(2)).",
     "sched_setaffinity는 인자의 이름이 pid인데도 스레드 ID를 받습니다. 0이나 주 스레드의 ID를 주면 프로세스가 "
     "아니라 스레드 하나가 바뀝니다(sched_setaffinity(2))."},
    {"changes how floating-point results are rounded", "부동소수점 결과의 반올림 방식을 바꿉니다"},
    {"The floating-point environment is each thread's own: a control.",
     "부동소수점 환경은 스레드마다 따로 있습니다. 대조군입니다."},
    {"changes the name of its thread", "자기 스레드의 이름을 바꿉니다"},
    {"The name is each thread's own: a control.", "이름은 스레드마다 따로 있습니다. 대조군입니다."},
    {"sends half a message to the next worker and dies", "다음 워커에게 메시지를 반만 보내고 죽습니다"},
    {"The process ends, and with it every thread in it. Its neighbours in other processes live on: what they are "
     "shown is recorded for each, and depends on the channel.",
     "프로세스가 끝나고 그 안의 모든 스레드도 함께 끝납니다. 다른 프로세스에 있는 이웃은 계속 삽니다. 이웃에게 "
     "무엇이 보이는지는 채널에 달려 있으며, 이웃마다 기록됩니다."},
    {"What the next worker sees is the channel's doing: half a frame and the end of the stream (pipe, stream, tcp), "
     "a slot that stays half-written (ring), the end of the stream alone (seqpacket: a message goes whole or not at "
     "all), or nothing (mqueue).",
     "다음 워커에게 무엇이 보이는지는 채널에 달려 있습니다. pipe, stream, tcp에서는 반쪽 프레임과 스트림의 끝이, "
     "ring에서는 반쯤 쓰인 채 남은 칸이, seqpacket에서는 스트림의 끝만 보이며(메시지는 온전히 가거나 아예 가지 "
     "않습니다), mqueue에서는 아무것도 보이지 않습니다."},
    {"dies while the next worker waits for a message of it", "다음 워커가 자기 메시지를 기다리는 동안 죽습니다"},
    {"A queue and a ring have no ends: the next worker would wait for ever, and gives up after a while.",
     "큐와 링 버퍼에는 끝이라는 것이 없습니다. 다음 워커는 그대로 두면 영원히 기다리며, 얼마 뒤 포기합니다."},
    {"stops receiving, and dies when the worker before it waits for room",
     "받기를 그만두고, 앞 워커가 빈자리를 기다릴 때 죽습니다"},
    {"SIGPIPE is blocked in workers that send messages; by default it would end the worker before, too. What was in "
     "the channel is lost, though its sender was told that it went.",
     "메시지를 보내는 워커에서는 SIGPIPE를 막아 둡니다. 기본 동작대로라면 앞 워커도 끝났을 것입니다. 채널 안에 있던 "
     "것은 보낸 쪽이 전송되었다고 통보받았는데도 사라집니다."},
    {"sends the next worker as many bytes as a message has, which are none",
     "메시지와 길이만 같을 뿐 메시지가 아닌 바이트를 다음 워커에게 보냅니다"},
    {"The receiver checks each frame, refuses this one, and takes the next.",
     "수신자는 프레임을 하나하나 검사하여 이것을 거부하고 다음 것을 받습니다."},
    {"sends until there is no room, while the next worker takes nothing",
     "다음 워커가 아무것도 받지 않는 동안 빈자리가 없을 때까지 보냅니다"},
    {"Every channel is bounded: the sender has to wait, and nothing is lost.",
     "어느 채널이나 담을 수 있는 양에 한계가 있습니다. 송신자는 기다려야 하며, 잃는 것은 없습니다."},
    {"How far ahead it gets is the channel's doing: 10 messages by mqueue, tens of thousands by tcp. All of them "
     "would be lost to a receiver that dies.",
     "얼마나 앞서 나가는지는 채널에 달려 있습니다. mqueue로는 메시지 10개, tcp로는 수만 개입니다. 수신자가 죽으면 그 "
     "모두를 잃게 됩니다."},
    {"fills its host's whole black box with random bytes", "자기 호스트의 블랙박스 전체를 무작위 바이트로 채웁니다"},
    {"Each host has a black box of its own: nobody's record but its host's can be spoiled.",
     "블랙박스는 호스트마다 따로 있습니다. 자기 호스트의 기록 말고는 누구의 기록도 망칠 수 없습니다."},
};

} // namespace

std::span<const Translation> faults()
{
    return rows;
}

} // namespace bulkhead::texts
