#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    {"A process is known by its id, state, priority, address space, threads and I/O.",
     "프로세스는 ID, 상태, 우선순위, 주소 공간, 스레드, 입출력으로 식별됩니다."},
    {"`bulkhead anatomy` reads all of them from /proc for every worker of a living pool.",
     "`bulkhead anatomy`가 살아 있는 풀의 모든 워커에 대해 이 모두를 /proc에서 읽습니다."},
    {"A zombie has an id and a state, and neither memory nor threads at work nor files.",
     "좀비에게는 ID와 상태가 있지만, 메모리도 일하는 스레드도 파일도 없습니다."},
    {"What is called a process is a set of things that the kernel keeps apart and frees at different times: exit(2) "
     "frees memory and files at once, the id and the wait status stay until somebody reaps them. That is why "
     "kill(pid, 0) succeeds on a zombie, and why a pid proves no life. Sources: proc(5), wait(2).",
     "우리가 프로세스라고 부르는 것은 커널이 따로 관리하고 서로 다른 시점에 해제하는 것들의 묶음입니다. exit(2)는 "
     "메모리와 파일을 곧바로 해제하지만, ID와 종료 상태는 누군가 회수할 때까지 남습니다. 그래서 좀비에게도 kill(pid, "
     "0)은 성공하며, pid가 있다고 해서 살아 있다는 증거가 되지는 않습니다. 출처: proc(5), wait(2)."},
    {"Processes share no memory unless they ask the kernel for it.",
     "프로세스는 커널에 요청하지 않는 한 메모리를 공유하지 않습니다."},
    {"A worker writes to its heap, its stack and a global; the same address is looked at in every other worker, and "
     "kcmp(2) tells what each pair has in common.",
     "워커 하나가 자기 힙과 스택과 전역 변수에 쓴 뒤, 다른 모든 워커에서 같은 주소를 들여다봅니다. 둘씩 짝지어 "
     "무엇을 공유하는지는 kcmp(2)로 알아냅니다."},
    {"A MAP_SHARED segment: the write is seen in every host. Pages that fork copies on write are one page until "
     "somebody writes.",
     "MAP_SHARED 세그먼트에 쓴 것은 모든 호스트에서 보입니다. fork 뒤의 페이지는 쓰기 시 복사(copy-on-write)되므로, "
     "누군가 쓰기 전까지는 하나뿐입니다."},
    {"The same address in two hosts is other memory. What is shared was asked for by mmap(2) with MAP_SHARED, or is "
     "read-only, such as the code. Sources: mmap(2), fork(2), kcmp(2).",
     "두 호스트의 같은 주소는 서로 다른 메모리입니다. 공유되는 것은 mmap(2)에 MAP_SHARED로 요청한 것이거나, 코드처럼 "
     "읽기 전용인 것입니다. 출처: mmap(2), fork(2), kcmp(2)."},
    {"Processes talk by messages, by shared memory and by sockets; sockets reach across machines.",
     "프로세스는 메시지, 공유 메모리, 소켓으로 통신하며, 소켓은 다른 컴퓨터까지 닿습니다."},
    {"Each worker passes numbered and checked messages to the next, over every kind of channel; lost, doubled, torn "
     "and reordered ones are counted.",
     "워커마다 번호와 체크섬을 붙인 메시지를 모든 종류의 채널로 다음 워커에게 보냅니다. 유실되거나, 중복되거나, "
     "잘리거나, 순서가 바뀐 메시지를 셉니다."},
    {"A peer that dies half-way through a message: the other end sees the end of the stream, a reset, a torn "
     "message, or nothing at all, by the kind of the channel.",
     "상대가 메시지를 보내는 도중에 죽으면, 반대쪽은 채널의 종류에 따라 스트림의 끝이나 연결 재설정이나 잘린 메시지를 "
     "보거나, 아무것도 보지 못합니다."},
    {"A channel delivers bytes or messages, and says little of whether there is anybody at the other end. Only those "
     "that keep messages whole (SOCK_SEQPACKET, POSIX queues) never show half of one; shared memory says nothing at "
     "all. Sources: pipe(7), unix(7), tcp(7), mq_overview(7).",
     "채널은 바이트나 메시지를 나를 뿐, 반대쪽에 누가 있는지는 거의 말해 주지 않습니다. 메시지의 경계를 지키는 "
     "채널(SOCK_SEQPACKET, POSIX 메시지 큐)에서만 반쪽 메시지를 볼 일이 없으며, 공유 메모리는 아무것도 말해 주지 "
     "않습니다. 출처: pipe(7), unix(7), tcp(7), mq_overview(7)."},
    {"Shared memory between processes brings the problems of synchronisation with it.",
     "프로세스끼리 메모리를 공유하면 동기화 문제가 따라옵니다."},
    {"Workers of eight hosts move money between accounts in a shared segment: updates that were lost are counted "
     "without a lock, with one, and with a robust one.",
     "여덟 호스트의 워커들이 공유 세그먼트의 계좌 사이에서 돈을 옮깁니다. 잠금이 없을 때, 있을 때, 견고한(robust) "
     "잠금이 있을 때 각각 갱신 손실(lost update)을 셉니다."},
    {"The lock is no cure for a death: a plain one stays locked, a robust one is handed on over a record that may be "
     "half-written, and only a repair makes that whole.",
     "잠금이 있어도 소유자의 죽음까지 해결되지는 않습니다. 보통 잠금은 잠긴 채 남고, 견고한 잠금은 반쯤 쓰였을지도 "
     "모르는 레코드와 함께 다음 소유자에게 넘어가며, 그 레코드는 직접 고쳐야만 온전해집니다."},
    {"Processes that share a segment lose updates as threads do; the address space never was what protected them. "
     "EOWNERDEAD says that the owner died, and not that what it was doing is done. Sources: "
     "pthread_mutexattr_setrobust(3), pthread_mutex_consistent(3).",
     "세그먼트를 공유하는 프로세스는 스레드와 똑같이 갱신을 잃습니다. 애초에 공유 데이터를 지켜 주던 것은 주소 "
     "공간이 아니었습니다. EOWNERDEAD는 소유자가 죽었다는 뜻이지, 하던 일을 마쳤다는 뜻이 아닙니다. 출처: "
     "pthread_mutexattr_setrobust(3), pthread_mutex_consistent(3)."},
    {"Threads are flows of execution inside one process, and each can reach all that the process has.",
     "스레드는 한 프로세스 안의 실행 흐름이며, 저마다 프로세스가 가진 모든 것에 접근할 수 있습니다."},
    {"`anatomy` of a thread pool: every pair shares memory, descriptors, working directory and signal dispositions, "
     "and each worker sees what another wrote on heap, stack and globals.",
     "스레드 풀을 `anatomy`로 들여다봅니다. 어느 둘이나 메모리, 서술자, 작업 디렉터리, 시그널 처리 방식을 공유하고, "
     "한 워커가 힙과 스택과 전역 변수에 쓴 것을 다른 워커가 모두 봅니다."},
    {"Some things are each thread's own: errno and other thread-local storage, the signal mask, the nice value and "
     "the affinity on Linux, credentials at the level of the system call; and a thread can leave by unshare(2).",
     "스레드마다 따로 있는 것도 있습니다. errno를 비롯한 스레드 지역 저장소, 시그널 마스크, 리눅스의 nice 값과 CPU "
     "친화도, 시스템 호출 수준의 자격 증명이 그렇습니다. 스레드는 unshare(2)로 공유에서 빠져나올 수도 있습니다."},
    {"POSIX says that the nice value and the credentials belong to the process; the Linux kernel keeps both for each "
     "thread, and only glibc makes setuid(2) reach all of them. Sources: pthreads(7), nptl(7), unshare(2).",
     "POSIX에서는 nice 값과 자격 증명이 프로세스의 것입니다. 리눅스 커널은 둘 다 스레드마다 따로 두며, setuid(2)가 "
     "모든 스레드에 미치게 하는 것은 glibc입니다. 출처: pthreads(7), nptl(7), unshare(2)."},
    {"Threads make a process use several cores.", "스레드를 쓰면 한 프로세스가 여러 코어를 씁니다."},
    {"The throughput of work that only computes, with one thread and with more.",
     "계산만 하는 작업의 처리량을 스레드 하나일 때와 여럿일 때 잽니다."},
    {"One lock around the whole op, or results in one cache line: more threads then make less, not more.",
     "연산 전체를 감싸는 잠금 하나, 또는 한 캐시 라인에 모인 결과: 그러면 스레드를 늘릴수록 처리량이 늘지 않고 "
     "오히려 줄어듭니다."},
    {"Threads add up only as far as they need nothing of one another. What they need in common is paid for at every "
     "op: a contended lock by waking and waiting, a shared cache line by moving it between the cores. Sources: G. "
     "Amdahl, AFIPS 1967; futex(7).",
     "스레드를 늘린 만큼 처리량이 느는 것은 스레드끼리 서로 기댈 일이 없을 때뿐입니다. 함께 쓰는 것이 있으면 연산마다 "
     "비용을 치릅니다. 경합하는 잠금이라면 깨우고 기다리는 비용을, 함께 쓰는 캐시 라인이라면 코어 사이로 옮기는 비용을 "
     "치릅니다. 출처: G. Amdahl, AFIPS 1967; futex(7)."},
    {"An address space has code, data, stack and heap.", "주소 공간은 코드, 데이터, 스택, 힙으로 이루어집니다."},
    {"`anatomy` looks up the address of a function, a global, a local variable and an allocation of every worker in "
     "/proc/PID/maps.",
     "`anatomy`가 모든 워커의 함수, 전역 변수, 지역 변수, 할당된 메모리의 주소를 /proc/PID/maps에서 찾습니다."},
    {"There is more: mapped files and segments, the vdso, thread-local storage; and the stack of every thread but "
     "the first lies in mapped memory, not in [stack].",
     "그것이 전부가 아닙니다. 매핑된 파일과 세그먼트, vdso, 스레드 지역 저장소도 있습니다. 첫 스레드를 뺀 모든 "
     "스레드의 스택은 [stack]이 아니라 매핑된 메모리에 놓입니다."},
    {"The four are conventions. To the kernel they are mappings, with a right each; only [heap] and [stack] grow by "
     "themselves. Sources: proc(5), mmap(2), vdso(7).",
     "이 네 가지는 관례입니다. 커널에게는 저마다 권한이 딸린 매핑일 뿐이며, 저절로 자라는 것은 [heap]과 "
     "[stack]뿐입니다. 출처: proc(5), mmap(2), vdso(7)."},
    {"A process cannot reach another's memory; threads share their heap.",
     "프로세스는 다른 프로세스의 메모리에 접근할 수 없고, 스레드는 힙을 공유합니다."},
    {"A worker overwrites the heap state of every worker that it can reach at the address it knows.",
     "워커 하나가 자기가 아는 주소로 닿을 수 있는 모든 워커의 힙 상태를 덮어씁니다."},
    {"A segment that hosts share is reached across processes; so is any memory by process_vm_writev(2) and ptrace(2) "
     "of the same user.",
     "호스트가 공유하는 세그먼트에는 프로세스를 넘어 닿습니다. 같은 사용자라면 process_vm_writev(2)와 ptrace(2)로 "
     "어떤 메모리에도 닿습니다."},
    {"What protects is not that a write is forbidden, but that the address means other memory: the victim's own. The "
     "kernel lets whoever has the right reach in. Sources: process_vm_readv(2), ptrace(2).",
     "지켜 주는 것은 쓰기가 금지되었다는 사실이 아니라, 그 주소가 다른 메모리, 곧 희생자 자신의 메모리를 뜻한다는 "
     "사실입니다. 권한이 있는 프로세스에게는 커널이 남의 메모리에 접근하는 것도 허용합니다. 출처: process_vm_readv(2), "
     "ptrace(2)."},
    {"A thread has only its stack for itself, and shares code, data and heap.",
     "스레드는 스택만 따로 가지고, 코드와 데이터와 힙은 공유합니다."},
    {"The matrix of who sees whose write, for each kind of memory, between threads and between hosts; and whether each "
     "stack lies where no cell-mate has its own.",
     "누가 쓴 것을 누가 보는지를 메모리의 종류마다, 스레드 사이와 호스트 사이에서 표로 만듭니다. 그리고 각 스택이 같은 "
     "호스트의 다른 워커 스택이 없는 곳에 놓이는지를 봅니다."},
    {"Not even the stack is its own: a cell-mate that has the address writes to it.",
     "스택조차 온전히 자기 것은 아닙니다. 주소를 아는 같은 호스트의 워커는 그곳에 쓸 수 있습니다."},
    {"A stack is private by custom, for nobody else has its addresses; nothing keeps them out. Sources: pthreads(7), "
     "pthread_attr_setstack(3).",
     "스택이 스레드마다 따로라는 것은, 보통은 다른 스레드가 그 주소를 모른다는 관례일 뿐입니다. 접근을 막아 주는 것은 "
     "아무것도 없습니다. 출처: pthreads(7), pthread_attr_setstack(3)."},
    {"Multiprocess: each has memory of its own, and no access to another's.",
     "멀티프로세스: 저마다 자기 메모리를 가지며 다른 프로세스의 메모리에 접근할 수 없습니다."},
    {"Every crash and every corruption of the catalogue at 8x1, and the memory of each worker beside that of a "
     "thread.",
     "목록의 모든 비정상 종료와 손상을 8x1에서 일으키고, 워커마다 쓰는 메모리를 스레드의 메모리와 견줍니다."},
    {"The memory is not all its own: pages of the same binary and those not yet written since fork are shared, so "
     "that PSS is far below RSS.",
     "메모리가 모두 자기 것은 아닙니다. 같은 바이너리의 페이지와 fork 뒤에 아직 쓰지 않은 페이지는 공유되므로, PSS는 "
     "RSS보다 훨씬 작습니다."},
    {"A process costs its page tables, its kernel stack and the pages that it has written, not the size of its "
     "program. Sources: proc(5): smaps, fork(2).",
     "프로세스 하나의 비용은 프로그램의 크기가 아니라 페이지 테이블과 커널 스택, 그리고 자기가 쓴 페이지입니다. 출처: "
     "proc(5): smaps, fork(2)."},
    {"Multiprocess: the resources of the operating system are given out per process.",
     "멀티프로세스: 운영체제의 자원은 프로세스별로 배정됩니다."},
    {"Descriptors used up, memory used up, the directory changed, a descriptor closed, a handler changed, by one "
     "worker: what the siblings see, as processes and as threads.",
     "워커 하나가 서술자를 다 쓰고, 메모리를 다 쓰고, 디렉터리를 바꾸고, 서술자를 닫고, 핸들러를 바꿉니다. 형제 "
     "워커에게 무엇이 보이는지를 프로세스일 때와 스레드일 때 살핍니다."},
    {"Some are not: a full disk, the offset of an inherited file, a limit on the user's threads, the memory of a "
     "cgroup.",
     "그렇지 않은 것도 있습니다. 가득 찬 디스크, 물려받은 파일의 오프셋, 사용자의 스레드 한도, cgroup의 메모리가 "
     "그렇습니다."},
    {"A limit protects whoever is outside the group that it counts. RLIMIT_NOFILE counts a process, RLIMIT_NPROC a "
     "user, a cgroup whatever was put there, and a disk everybody. Sources: getrlimit(2), cgroups(7), open(2).",
     "한도가 지켜 주는 것은 그 한도가 함께 세는 무리의 바깥에 있는 쪽입니다. RLIMIT_NOFILE은 프로세스 단위로, "
     "RLIMIT_NPROC은 사용자 단위로, cgroup은 그 안에 넣은 것을 한 단위로 세며, 디스크는 모두가 함께 씁니다. 출처: "
     "getrlimit(2), cgroups(7), open(2)."},
    {"Multiprocess: it needs IPC, and IPC costs.", "멀티프로세스: IPC가 필요하고, IPC에는 비용이 듭니다."},
    {"The round trip over every kind of channel, between two threads and between two processes.",
     "모든 종류의 채널에서 두 스레드 사이와 두 프로세스 사이의 왕복 시간을 잽니다."},
    {"Memory shared by processes costs what it costs between threads: the price is the crossing into the kernel and "
     "the switch, not the process.",
     "프로세스가 공유하는 메모리의 비용은 스레드 사이에서와 같습니다. 비용이 드는 까닭은 프로세스여서가 아니라 커널로 "
     "들어가야 하고 문맥을 교환해야 하기 때문입니다."},
    {"For the same kind of channel threads and processes pay nearly the same, unless the processor has no PCID: then "
     "each switch to the other process costs 3 us more. Mechanism and placement decide. Sources: pipe(7), futex(7), "
     "mq_overview(7).",
     "같은 종류의 채널이라면 스레드와 프로세스가 치르는 비용은 거의 같습니다. 다만 프로세서에 PCID가 없으면 다른 "
     "프로세스로 바꿀 때마다 3 us가 더 듭니다. 비용을 정하는 것은 메커니즘과 배치입니다. 출처: pipe(7), futex(7), "
     "mq_overview(7)."},
    {"Multiprocess: the abnormal end of one process leaves the others alone.",
     "멀티프로세스: 한 프로세스가 비정상 종료해도 다른 프로세스는 영향을 받지 않습니다."},
    {"Every crash, exit and fatal signal of the catalogue at 8x1.",
     "목록의 모든 비정상 종료와 종료, 치명적인 시그널을 8x1에서 일으킵니다."},
    {"Whatever processes have in common carries an end further: a lock, a segment, a pipeline, a process group, a "
     "cgroup, a supervisor that restarts everybody.",
     "프로세스가 함께 가진 것은 무엇이든 죽음의 영향을 더 멀리 옮깁니다. 잠금, 세그먼트, 파이프라인, 프로세스 그룹, "
     "cgroup, 모두를 재시작하는 감독자가 그렇습니다."},
    {"The kernel ends a process and nothing else. Siblings that are lost at 8x1 were lost by something that the "
     "design connects, and each such thing can be named. Sources: exit(2), signal(7), "
     "pthread_mutexattr_setrobust(3), cgroups(7).",
     "커널은 프로세스 하나를 끝낼 뿐 다른 일은 하지 않습니다. 8x1에서 잃은 형제 워커는 설계가 이어 놓은 무언가를 "
     "통해 잃은 것이며, 그것이 무엇인지는 하나하나 이름을 댈 수 있습니다. 출처: exit(2), signal(7), "
     "pthread_mutexattr_setrobust(3), cgroups(7)."},
    {"Multithread: one memory, shared by all.", "멀티스레드: 메모리는 하나이고 모두가 공유합니다."},
    {"What C09 measures of sharing, at 1x8.", "C09에서 재는 것 가운데 공유에 관한 것을 1x8에서 잽니다."},
    {"As C05: thread-local storage has an address of its own for each thread.",
     "C05와 같습니다. 스레드 지역 저장소는 스레드마다 주소가 다릅니다."},
    {"There is one page table for all of them: whatever one maps, unmaps or protects is so for all. Sources: "
     "clone(2): CLONE_VM.",
     "모든 스레드에 페이지 테이블은 하나뿐입니다. 한 스레드가 매핑하거나, 매핑을 해제하거나, 접근 권한을 바꾸면 "
     "모두에게 똑같이 적용됩니다. 출처: clone(2): CLONE_VM."},
    {"Multithread: parallel, and therefore faster than multiprocess.",
     "멀티스레드: 병렬로 실행되므로 멀티프로세스보다 빠릅니다."},
    {"The same work at 1x8, 2x4, 4x2 and 8x1: start-up, throughput and memory.",
     "같은 작업을 1x8, 2x4, 4x2, 8x1에서 실행하여 시작 시간, 처리량, 메모리를 잽니다."},
    {"Work that changes the address space: threads wait for one another's page faults and calls of mmap and munmap, "
     "and the process pool wins.",
     "주소 공간을 바꾸는 작업: 스레드는 서로의 페이지 폴트와 mmap, munmap 호출을 기다려야 하므로 프로세스 풀이 "
     "이깁니다."},
    {"Threads start sooner and take less memory. They are not faster at work that needs nothing of the kernel, and "
     "slower where the address space itself is what they contend for. A switch between processes costs little more "
     "than one between threads where the processor keeps translations by address space (PCID), and 3.5 times as much "
     "where it does not. Sources: mmap(2); mmap_lock in the kernel's Documentation/mm/process_addrs.rst; the "
     "kernel's Documentation/arch/x86/pti.rst.",
     "스레드는 더 빨리 시작하고 메모리를 덜 씁니다. 그러나 커널이 필요 없는 작업에서는 더 빠르지 않고, 주소 공간 "
     "자체를 두고 경합할 때에는 오히려 느립니다. 프로세스 사이의 문맥 교환은, 프로세서가 주소 변환을 주소 공간별로 "
     "간직하면(PCID) 스레드 사이의 문맥 교환보다 조금 더 들 뿐이고, 그렇지 않으면 3.5배가 듭니다. 출처: mmap(2); "
     "mmap_lock은 커널의 Documentation/mm/process_addrs.rst; 커널의 Documentation/arch/x86/pti.rst."},
    {"Multithread: the abnormal end of one thread takes the whole process with it.",
     "멀티스레드: 한 스레드가 비정상 종료하면 프로세스 전체가 함께 끝납니다."},
    {"Every crash and fatal signal of the catalogue at 1x8: all siblings die, with one wait status.",
     "목록의 모든 비정상 종료와 치명적인 시그널을 1x8에서 일으킵니다. 모든 형제 워커가 같은 종료 상태 하나로 "
     "죽습니다."},
    {"An exception caught at the thread's top, pthread_exit, and a handler that jumps out of a fault: the thread "
     "survives a null write, and leaves behind what it held.",
     "스레드의 최상위 함수에서 잡은 예외, pthread_exit, 결함을 받은 핸들러에서 뛰쳐나오기: 이때 스레드는 널 포인터가 "
     "가리키는 곳에 쓰고도 살아남지만, 쥐고 있던 것을 뒤에 남깁니다."},
    {"A fatal signal's default action is the process's, even when it was sent to one thread. What jumps out of it "
     "survives with its locks held and its heap as it was. Sources: signal(7), siglongjmp(3), pthread_exit(3).",
     "치명적인 시그널의 기본 동작은, 한 스레드에 보낸 것이라 해도 프로세스 전체에 적용됩니다. 거기서 뛰쳐나온 "
     "스레드는 잠금을 쥔 채, 힙도 그때 그대로인 채 살아남습니다. 출처: signal(7), siglongjmp(3), pthread_exit(3)."},
    {"Multithread: shared resources bring the problems of synchronisation.",
     "멀티스레드: 자원을 공유하므로 동기화 문제가 생깁니다."},
    {"Eight threads move money between accounts on their heap: updates that were lost are counted, without a lock "
     "and with one.",
     "여덟 스레드가 힙에 있는 계좌 사이에서 돈을 옮깁니다. 잠금이 없을 때와 있을 때 각각 갱신 손실(lost update)을 "
     "셉니다."},
    {"A lock helps as long as its owner lives: who ends or is cancelled while holding it stalls everybody. errno and "
     "thread-local storage need none.",
     "잠금은 소유자가 살아 있는 동안에만 도움이 됩니다. 잠금을 쥔 채 끝나거나 취소된 스레드는 모두를 멈추게 합니다. "
     "errno와 스레드 지역 저장소에는 잠금이 필요 없습니다."},
    {"Without a lock some part of all updates is lost, on any number of cores: an interruption between reading and "
     "writing is enough. Sources: pthread_mutex_lock(3), errno(3).",
     "잠금이 없으면 코어가 몇 개이든 갱신의 일부를 잃습니다. 읽기와 쓰기 사이에 끼어드는 인터럽트 하나로 충분합니다. "
     "출처: pthread_mutex_lock(3), errno(3)."},

    // the questions of the experiments that come along
    {"Do processes isolate an open file that they inherited?", "프로세스는 물려받은 열린 파일을 격리하는가?"},
    {"Does a supervisor take down siblings that share no address space with the victim?",
     "감독자는 희생자와 주소 공간을 공유하지 않는 형제 워커까지 쓰러뜨리는가?"},
    {"Does a signal to the group spare the other processes?",
     "프로세스 그룹에 보낸 시그널은 다른 프로세스를 살려 두는가?"},
    {"Does a robust lock keep a death inside it from stalling the others?",
     "견고한(robust) 잠금은 그것을 쥔 채 일어난 죽음이 다른 워커를 멈추지 못하게 막는가?"},
    {"Does a channel carry a stall and a death across processes?",
     "채널을 통해 멈춤과 죽음이 다른 프로세스로 번지는가?"},
    {"Do processes isolate a disk?", "프로세스는 디스크를 격리하는가?"},
    {"Does a lock in shared memory carry a stall across processes?",
     "공유 메모리에 놓인 잠금을 통해 멈춤이 다른 프로세스로 번지는가?"},
    {"Do processes isolate a segment that they share?", "프로세스는 함께 쓰는 세그먼트를 격리하는가?"},
    {"Which harm does each fault do, and how far does it reach?",
     "결함마다 어떤 해를 끼치고, 그 해는 어디까지 미치는가?"},
    {"What do the neighbours of a worker see in their channels when it fails?",
     "워커가 잘못되면 이웃은 채널에서 무엇을 보는가?"},
    {"What is left of a process that has ended?", "끝난 프로세스에게는 무엇이 남는가?"},
    {"What is a process known by?", "프로세스는 무엇으로 식별되는가?"},
    {"What do processes share that asked for it?", "공유를 요청한 프로세스는 무엇을 공유하는가?"},
    {"Do processes share memory?", "프로세스는 메모리를 공유하는가?"},
    {"What does the other end see of a worker that dies half-way through a message?",
     "메시지를 보내다가 죽은 워커의 반대쪽에는 무엇이 보이는가?"},
    {"Does every kind of channel deliver every message, between threads and between processes?",
     "모든 종류의 채널이 스레드 사이에서도 프로세스 사이에서도 모든 메시지를 전달하는가?"},
    {"Is shared data whole after its owner ended inside the lock?",
     "소유자가 잠금을 쥔 채 끝난 뒤에도 공유 데이터는 온전한가?"},
    {"Who can go on when the owner of a shared lock died?", "공유 잠금의 소유자가 죽으면 누가 계속 일할 수 있는가?"},
    {"Do processes that share a ledger lose updates without a lock?",
     "장부를 공유하는 프로세스는 잠금이 없으면 갱신을 잃는가?"},
    {"What does a thread have for itself?", "스레드가 따로 가지는 것은 무엇인가?"},
    {"What can a thread reach of its process?", "스레드는 자기 프로세스의 무엇에 닿을 수 있는가?"},
    {"When does a second thread add nothing?", "두 번째 스레드가 아무 보탬이 되지 않는 것은 언제인가?"},
    {"Do threads make a process use several cores?", "스레드를 쓰면 한 프로세스가 여러 코어를 쓰는가?"},
    {"What else is in an address space?", "주소 공간에는 그 밖에 무엇이 있는가?"},
    {"Has an address space code, data, stack and heap?", "주소 공간에는 코드, 데이터, 스택, 힙이 있는가?"},
    {"Does a shared segment carry a wild write across processes?",
     "공유 세그먼트를 통해 엉뚱한 쓰기가 다른 프로세스까지 미치는가?"},
    {"Whose memory does a wild write reach?", "엉뚱한 쓰기는 누구의 메모리에 닿는가?"},
    {"Is a thread's stack its own?", "스레드의 스택은 자기만의 것인가?"},
    {"What does a thread share, and what does a process?", "스레드는 무엇을 공유하고 프로세스는 무엇을 공유하는가?"},
    {"How much of a process's memory is its own?", "프로세스의 메모리 가운데 자기 것은 얼마나 되는가?"},
    {"What does it cost to have memory of one's own?", "자기만의 메모리를 가지는 데 드는 비용은 얼마인가?"},
    {"How much of the machine's memory does a worker take?", "워커 하나는 기계의 메모리를 얼마나 차지하는가?"},
    {"Does anything that a process does to its memory reach another?",
     "프로세스가 자기 메모리에 한 일이 다른 프로세스에 미치는가?"},
    {"Which resources does a process not have for itself?", "프로세스가 따로 가지지 않는 자원은 무엇인가?"},
    {"Whose resources are they?", "자원은 누구의 것인가?"},
    {"Does shared memory cost more between processes than between threads?",
     "공유 메모리의 비용은 스레드 사이보다 프로세스 사이에서 더 큰가?"},
    {"What does a message there and back cost, between threads and between processes?",
     "메시지가 한 번 갔다 오는 데 드는 비용은 스레드 사이와 프로세스 사이에서 각각 얼마인가?"},
    {"Who is lost at 8x1 when the only reader of a shared pipe dies?",
     "모두가 쓰는 파이프를 혼자 읽던 호스트가 죽으면 8x1에서 누구를 잃는가?"},
    {"Who is lost at 8x1 when one host uses up the limit of the cgroup that all are in?",
     "모두가 속한 cgroup의 한도를 한 호스트가 다 쓰면 8x1에서 누구를 잃는가?"},
    {"Who is lost at 8x1 when the hosts share a process group?",
     "호스트들이 프로세스 그룹을 공유하면 8x1에서 누구를 잃는가?"},
    {"Who is lost at 8x1 when the supervisor restarts everybody for one?",
     "감독자가 하나 때문에 모두를 재시작하면 8x1에서 누구를 잃는가?"},
    {"Who is lost at 8x1 when the victim dies inside a shared lock?",
     "희생자가 공유 잠금을 쥔 채 죽으면 8x1에서 누구를 잃는가?"},
    {"Does the abnormal end of one process leave the others alone?",
     "한 프로세스가 비정상 종료해도 다른 프로세스는 무사한가?"},
    {"What do threads not share?", "스레드가 공유하지 않는 것은 무엇인가?"},
    {"Do threads have one memory?", "스레드들의 메모리는 하나인가?"},
    {"When is a process pool faster than a thread pool?", "프로세스 풀이 스레드 풀보다 빠른 것은 언제인가?"},
    {"Are threads faster than processes at the same work?", "같은 작업에서 스레드는 프로세스보다 빠른가?"},
    {"Do threads start sooner than processes, and take less memory?",
     "스레드는 프로세스보다 빨리 시작하고 메모리를 덜 쓰는가?"},
    {"Is a switch between threads cheaper than one between processes?",
     "스레드 사이의 문맥 교환은 프로세스 사이의 문맥 교환보다 싼가?"},
    {"What is left of a thread that jumped out of its fault?", "결함에서 뛰쳐나온 스레드에게는 무엇이 남는가?"},
    {"When does the end of a thread leave its process alone?", "스레드가 끝나도 그 프로세스가 무사한 것은 언제인가?"},
    {"Does the abnormal end of one thread take the whole process?",
     "한 스레드가 비정상 종료하면 프로세스 전체가 끝나는가?"},
    {"Who goes on when the owner of a lock ends?", "잠금의 소유자가 끝나면 누가 계속 일하는가?"},
    {"Do threads that share a ledger lose updates without a lock?",
     "장부를 공유하는 스레드는 잠금이 없으면 갱신을 잃는가?"},
    {"What does a worker change for the others that it never meant to share?",
     "워커는 공유할 뜻이 없던 무엇을 다른 워커에게까지 바꾸어 놓는가?"},
    {"Whose data does a wild write reach?", "엉뚱한 쓰기는 누구의 데이터에 닿는가?"},
    {"Which crashes stay within the process of the worker that crashes?",
     "어떤 비정상 종료의 영향이 그 워커의 프로세스 안에 머무는가?"},
    {"When one worker leaves, who leaves with it?", "워커 하나가 떠나면 누가 함께 떠나는가?"},
    {"Does a worker that dies take its siblings with it?", "워커가 죽으면 형제 워커도 함께 죽는가?"},
    {"What does a catch at the thread's top save?", "스레드의 최상위 함수에 둔 catch는 무엇을 살리는가?"},
    {"What has to be shared, and what guarded, for one worker to take another host with it?",
     "한 워커가 다른 호스트까지 끌어들이려면 무엇이 공유되고 무엇이 보호되어야 하는가?"},
    {"Does siglongjmp out of SIGSEGV make a thread pool survive?",
     "SIGSEGV에서 siglongjmp로 뛰쳐나오면 스레드 풀이 살아남는가?"},
    {"Which jobs are lost, done twice or of unknown fate when a worker dies at one?",
     "워커가 작업을 하다가 죽으면 어떤 작업이 사라지고, 두 번 처리되고, 처리되었는지 알 수 없게 되는가?"},
    {"What does a client leave half-done that ends when it has asked and was not answered?",
     "요청을 보내고 답을 받지 못한 채 끝난 클라이언트는 무엇을 하다 만 채 남기는가?"},
    {"What becomes of those who ask one worker for everything, when that one ends?",
     "무엇이든 워커 하나에게 물어보던 워커들은 그 하나가 끝나면 어떻게 되는가?"},
    {"Does what strikes a process from outside strike others?",
     "한 프로세스에 밖에서 닥친 일이 다른 프로세스에도 미치는가?"},
    {"Whom does a worker starve that takes all there is?", "있는 자원을 모두 차지하는 워커는 누구를 굶기는가?"},
    {"What do clients see when one worker of a server crashes?",
     "서버의 워커 하나가 비정상 종료하면 클라이언트는 무엇을 보는가?"},
    {"Does a signal to one thread strike that thread alone?", "스레드 하나에 보낸 시그널은 그 스레드에만 미치는가?"},
    {"Who else stops when one worker stops?", "워커 하나가 멈추면 또 누가 멈추는가?"},
    {"What do the strategies of a supervisor cost?", "감독자의 전략마다 드는 비용은 얼마인가?"},
};

} // namespace

std::span<const Translation> claims()
{
    return rows;
}

} // namespace bulkhead::texts
