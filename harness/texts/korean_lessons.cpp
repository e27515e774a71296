// What the course says; the words are those of docs/reference/korean-terms.md.
#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    {"What is a process?", "프로세스란 무엇인가"},
    {"A program is a file on the disk. A process is that program at work: the kernel, the core of the operating "
     "system, gives it a number (its process id, or PID), memory, time on the processors, and a table of the "
     "files that it has open.",
     "프로그램은 디스크에 있는 파일이고, 프로세스는 실행 중인 프로그램입니다. 운영체제의 핵심인 커널은 프로세스마다 "
     "번호(프로세스 식별자, PID)와 메모리, 프로세서를 쓸 시간, 열린 파일의 표를 줍니다."},
    {"A process is started by another one, its parent. When it ends, one thing is left that somebody may want to know: "
     "how it ended. Either it left by itself, with an exit code, or a signal ended it: a notice that the kernel "
     "delivers, of its own accord or for another process (^C in a terminal sends one). The parent asks for that with "
     "wait(2). (The number behind such a name is the section of the manual: 'man 2 wait' shows the page.)",
     "프로세스는 다른 프로세스, 곧 부모가 시작합니다. 프로세스가 끝나도 누군가 알고 싶어 할 것이 하나 남습니다. 어떻게 "
     "끝났는가입니다. 종료 코드를 남기고 스스로 끝났거나, 시그널 때문에 끝났을 것입니다. 시그널은 커널이 스스로, 또는 "
     "다른 프로세스의 요청으로 전달하는 알림입니다(터미널에서 ^C를 누르면 하나가 전달됩니다). 부모는 어떻게 끝났는지를 "
     "wait(2)로 묻습니다. (이름 뒤의 숫자는 매뉴얼의 절 번호입니다. 'man 2 wait'라고 치면 그 페이지가 나옵니다.)"},
    {"This lesson starts two processes of one program, and looks at them while they live. Then it kills one, and "
     "looks at what the kernel still shows of it before its parent has asked.",
     "이 수업에서는 같은 프로그램의 프로세스 두 개를 시작하고, 살아 있는 동안 들여다봅니다. 그다음 하나를 "
     "죽이고, 부모가 아직 묻지 않은 상태에서 커널에 무엇이 남아 있는지 봅니다."},
    {"A flow of instructions that the kernel runs is called a thread. The program of this lesson has started "
     "none by itself. How many does the kernel count in each of the two processes?",
     "커널이 실행하는 명령의 흐름 하나를 스레드라고 합니다. 이 수업의 프로그램은 스레드를 따로 시작하지 않았습니다. "
     "커널이 세는 스레드는 두 프로세스에 각각 몇 개일까요?"},
    {"None.", "없습니다."},
    {"One.", "하나입니다."},
    {"Two: one for the program, one for the kernel.", "둘입니다. 하나는 프로그램의 것, 하나는 커널의 것입니다."},
    {"threads in a process", "프로세스의 스레드 수"},
    {"files and other things that it has open", "프로세스가 열어 둔 파일 등의 수"},
    {"A process begins with one thread, which runs main(): the main thread. Without any, nothing would run in it. When "
     "the process asks the kernel for something (a system call), it is this same thread that goes on inside the "
     "kernel.",
     "프로세스는 main()을 실행하는 스레드 하나로 시작합니다. 이것이 주 스레드입니다. 스레드가 하나도 없으면 그 안에서 "
     "실행되는 것도 없습니다. 프로세스가 시스템 호출로 커널에 무언가를 요청할 때에도 바로 이 스레드가 커널 안에서 "
     "이어서 실행됩니다."},
    {"Now one of the two processes has been killed, and its parent has not called wait(2) yet. What is left of it?",
     "이제 두 프로세스 가운데 하나를 죽였고, 부모는 아직 wait(2)를 부르지 않았습니다. 그 프로세스의 무엇이 남아 "
     "있을까요?"},
    {"Nothing. It has ended, and its number is free.", "아무것도 남지 않습니다. 끝났으므로 번호도 비었습니다."},
    {"Its number and how it ended. Its memory and its open files are gone.",
     "번호와 어떻게 끝났는지가 남습니다. 메모리와 열린 파일은 사라졌습니다."},
    {"All of it, memory and open files included, until its parent has asked.",
     "부모가 물을 때까지 메모리와 열린 파일까지 모두 남습니다."},
    {"its number is still taken (1 = yes)", "번호가 아직 쓰이고 있음 (1 = 예)"},
    {"memory that is left, in KiB", "남아 있는 메모리, KiB"},
    {"places for open files that are left", "남아 있는 열린 파일 자리의 수"},
    {"The kernel frees memory and files as the process ends. It keeps the number and the wait status, so that "
     "the parent can still ask. Such a process is called a zombie, and ps(1) shows its state as Z.",
     "프로세스가 끝날 때 커널은 메모리와 파일을 바로 거두어들입니다. 그러나 부모가 물을 수 있도록 번호와 종료 "
     "상태는 남겨 둡니다. 이런 프로세스를 좀비라고 하며, ps(1)는 그 상태를 Z로 보여 줍니다."},
    {"So a process is not one thing but several, which the kernel keeps apart and frees at different times. That "
     "is why kill(pid, 0), which asks whether there is a process of that number, still succeeds on a zombie: a "
     "number is no proof of life.",
     "그러므로 프로세스는 한 덩어리가 아닙니다. 커널은 프로세스를 이루는 여러 가지를 따로따로 관리하고 서로 다른 때에 "
     "거두어들입니다. 그 번호의 프로세스가 있는지 묻는 kill(pid, 0)이 좀비에게도 성공하는 까닭이 이것입니다. 번호가 "
     "남아 있다고 해서 살아 있는 것은 아닙니다."},
    {"A parent that never waits collects zombies, and each keeps a number that nobody else can have. When the parent "
     "itself ends, its children are given to another process, which waits for them: process 1, or a nearer ancestor "
     "that has asked for that (a 'subreaper'; systemd runs one for each user).",
     "기다리지 않는 부모에게는 좀비가 쌓이고, 좀비마다 남이 쓸 수 없는 번호를 하나씩 차지합니다. 부모 자신이 끝나면 그 "
     "자식들은 다른 프로세스에게 넘어가고, 그 프로세스가 대신 기다려 줍니다. 1번 프로세스이거나, 그렇게 해 달라고 "
     "커널에 요청해 둔 더 가까운 조상입니다(이것을 subreaper라고 하며, systemd는 사용자마다 하나씩 둡니다)."},
    {"Look at two living processes, p0 and p1, with everything that the kernel tells of them. Find the paragraph "
     "'after death' at the end: is the thread of a zombie still counted?",
     "살아 있는 두 프로세스 p0과 p1을 커널이 알려 주는 모든 것과 함께 보십시오. 출력 끝의 'after death' 문단을 "
     "찾아보십시오. 커널은 좀비의 스레드를 아직도 셉니까?"},
    {"An address space: code, data, heap and stack", "주소 공간: 코드, 데이터, 힙, 스택"},
    {"The memory of a process has parts. Code: the instructions of its program, which are only read. Data: its "
     "global variables. Heap: what it asks for while it runs, by malloc or new. Stack: the local variables of "
     "its functions, which come and go with each call.",
     "프로세스의 메모리에는 몇 부분이 있습니다. 코드는 프로그램의 명령으로, 읽기만 합니다. 데이터는 전역 "
     "변수입니다. 힙은 실행 중에 malloc이나 new로 얻는 메모리입니다. 스택에는 함수의 지역 변수가 있으며, 함수를 "
     "부를 때 생겼다가 돌아올 때 사라집니다."},
    {"Every byte has an address, which is a number. But a number means something in one process only: the processor "
     "looks it up in the page table of the process that is running, which says where in the machine's memory that byte "
     "is. All addresses of a process together are its address space.",
     "모든 바이트에는 주소라는 번호가 있습니다. 그러나 이 번호는 한 프로세스 안에서만 뜻이 있습니다. 프로세서는 지금 "
     "실행 중인 프로세스의 페이지 테이블에서 그 번호를 찾아, 그 바이트가 컴퓨터의 메모리 어디에 있는지 알아냅니다. 한 "
     "프로세스의 주소 전체를 주소 공간이라고 합니다."},
    {"This lesson makes eight processes as copies of one, by fork(2), so that their variables have the same addresses. "
     "(Each time a program is started, Linux usually puts its parts at other addresses, drawn at random, which is "
     "called ASLR; a copy keeps the addresses of its original.) One after the other writes a new value, and we look at "
     "that same address in each of the other seven.",
     "이 수업에서는 한 프로세스를 fork(2)로 복사해 프로세스 여덟 개를 만듭니다. 그래서 변수의 주소가 모두 같습니다. "
     "(리눅스는 보통 프로그램을 시작할 때마다 각 부분의 주소를 무작위로 정하는데, 이것을 ASLR이라고 합니다. 사본은 "
     "원본의 주소를 그대로 가집니다.) 프로세스가 차례로 새 값을 쓰고, 그때마다 나머지 일곱 프로세스에서 바로 그 주소를 "
     "들여다봅니다."},
    {"A process writes a new value to a global variable. The other seven have the same variable at the same address. "
     "Which of them find the new value there?",
     "한 프로세스가 전역 변수에 새 값을 씁니다. 나머지 일곱 프로세스에도 같은 변수가 같은 주소에 있습니다. "
     "거기서 새 값을 보는 것은 누구일까요?"},
    {"All seven: the same address is the same memory.", "일곱 모두입니다. 주소가 같으면 메모리도 같습니다."},
    {"Nobody: each finds its own, old value.", "아무도 보지 못합니다. 저마다 자기의 옛 값을 봅니다."},
    {"Some: whoever looks late enough.", "일부입니다. 충분히 늦게 보면 보입니다."},
    {"share of the others that saw a new global", "새 전역 변수 값을 본 다른 프로세스의 비율"},
    {"share of the others that saw a new value on the heap", "힙의 새 값을 본 다른 프로세스의 비율"},
    {"share of the others that saw a new local variable", "새 지역 변수 값을 본 다른 프로세스의 비율"},
    {"The same address leads to other memory in each process. That is what keeps processes apart: not that "
     "writing is forbidden, but that the address leads to the writer's own.",
     "같은 주소라도 프로세스마다 다른 메모리로 이어집니다. 프로세스를 서로 떼어 놓는 것이 바로 이것입니다. "
     "쓰기가 금지되어서가 아니라, 그 주소가 쓰는 프로세스 자신의 메모리로 이어지기 때문입니다."},
    {"ps(1) lists for each process how much of its address space is in the machine's memory now (RSS, resident set "
     "size). Add that up for all eight. How much of that sum is really taken?",
     "ps(1)는 주소 공간 가운데 지금 컴퓨터의 메모리에 올라와 있는 크기(RSS, resident set size)를 프로세스마다 보여 "
     "줍니다. 여덟 프로세스의 값을 모두 더해 봅시다. 그 합 가운데 실제로 차지하는 것은 얼마나 될까요?"},
    {"All of it, or nearly so: nine tenths or more.", "전부, 또는 거의 전부입니다. 10분의 9 이상입니다."},
    {"Between a half and nine tenths.", "절반에서 10분의 9 사이입니다."},
    {"Less than a half.", "절반이 되지 않습니다."},
    {"really taken, as a share of the sum", "합 가운데 실제로 차지하는 비율"},
    {"what ps lists for one process, in KiB", "ps가 보여 주는 프로세스 하나의 크기, KiB"},
    {"what it really takes (PSS), in KiB", "실제로 차지하는 크기(PSS), KiB"},
    {"The code is in memory once, for all eight: nobody writes it. So is every page of data that nobody has written "
     "since the processes were forked (a page is a piece of memory, usually of 4 KiB). RSS counts a shared page in "
     "full for each process; PSS, the proportional set size, divides it among those that have it.",
     "코드는 아무도 쓰지 않으므로 여덟 프로세스를 통틀어 메모리에 한 번만 있습니다. 프로세스가 갈라져 나온 뒤로 아무도 "
     "쓰지 않은 데이터 페이지도 그렇습니다(페이지는 메모리의 한 조각이며 보통 4 KiB입니다). RSS는 함께 쓰는 페이지를 "
     "프로세스마다 전부 셉니다. PSS(proportional set size)는 그것을 함께 쓰는 프로세스의 수로 나눕니다."},
    {"Processes share no memory that one of them could change under the others' feet, unless they ask for it: mmap(2) "
     "with MAP_SHARED makes a segment that several see. And the kernel lets a process of the same user (on many "
     "systems only an ancestor: see ptrace_scope in ptrace(2)) reach in by a call made for that, such as "
     "process_vm_writev(2) or ptrace(2), by which debuggers live.",
     "프로세스는 커널에 요청하지 않는 한, 다른 쪽이 모르는 사이에 바꿀 수 있는 메모리를 서로 공유하지 않습니다. "
     "mmap(2)에 MAP_SHARED를 주면 여럿이 보는 공유 세그먼트가 생깁니다. 또 커널은 같은 사용자의 프로세스가 "
     "process_vm_writev(2)나 ptrace(2)처럼 그런 용도로 만든 호출로 남의 메모리에 손대는 것을 허락합니다(많은 "
     "시스템에서는 조상 프로세스에게만 허락합니다. ptrace(2)의 ptrace_scope를 보십시오). 디버거가 이렇게 동작합니다."},
    {"Code, data, heap and stack are a convention. To the kernel all of them are mappings: ranges of addresses "
     "with a right each to read, write or execute. There are more than four: mapped files, shared segments, the "
     "stacks of further threads. /proc/self/maps lists them.",
     "코드, 데이터, 힙, 스택이라는 구분은 관례입니다. 커널에게는 모두 매핑, 곧 읽고 쓰고 실행할 권한이 저마다 붙은 "
     "주소 범위일 뿐입니다. 넷 말고도 더 있습니다. 매핑한 파일, 공유 세그먼트, 다른 스레드의 스택 등입니다. "
     "/proc/self/maps에 모두 나와 있습니다."},
    {"Let two processes ask the kernel for a common segment. In the table 'a write there is seen by', which part "
     "do other hosts (that is, other processes) see now?",
     "두 프로세스가 커널에 공유 세그먼트를 요청하게 해 보십시오. 누구의 쓰기가 보이는지 나타낸 표에서, 이제 다른 "
     "호스트(곧 다른 프로세스)가 보는 것은 어느 부분입니까?"},
    {"A thread, and what it has for itself", "스레드, 그리고 스레드만의 것"},
    {"A process may have several threads. Each has its own place in the code, its own registers, and a stack for "
     "its local variables. The kernel gives each of them time on the processors by itself. But they are all in "
     "one process.",
     "한 프로세스에는 스레드가 여럿 있을 수 있습니다. 스레드마다 코드에서 실행 중인 위치와 레지스터, 지역 변수를 "
     "둘 스택이 따로 있습니다. 커널은 스레드마다 프로세서 시간을 따로 줍니다. 그러나 모두 한 프로세스 안에 "
     "있습니다."},
    {"This lesson starts two processes, p0 and p1, with two threads each: p0t0 and p0t1, p1t0 and p1t1. One "
     "thread does something, and we look for it in the other three.",
     "이 수업에서는 스레드가 둘씩 있는 프로세스 p0과 p1을 시작합니다. 스레드의 이름은 p0t0과 p0t1, p1t0과 "
     "p1t1입니다. 한 스레드가 무언가를 하고, 나머지 세 스레드에서 그것을 찾아봅니다."},
    {"p0t0 writes a new value to an object on the heap. At that address, who finds the new value?",
     "p0t0이 힙에 있는 객체에 새 값을 씁니다. 그 주소에서 새 값을 보는 것은 누구일까요?"},
    {"Only the thread that did it.", "새 값을 쓴 스레드뿐입니다."},
    {"The other thread of its process, too; none of the other process.",
     "같은 프로세스의 다른 스레드까지입니다. 다른 프로세스의 스레드는 아닙니다."},
    {"All four threads.", "네 스레드 모두입니다."},
    {"Nobody: each thread has a table of its own.", "아무도 없습니다. 스레드마다 표가 따로 있습니다."},
    {"The other thread of its process; none of the other process.",
     "같은 프로세스의 다른 스레드입니다. 다른 프로세스의 스레드는 아닙니다."},
    {"The other three threads, all of them.", "나머지 세 스레드 모두입니다."},
    {"share of threads of the same process that saw it", "그것을 본, 같은 프로세스의 스레드 비율"},
    {"share of threads of the other process that saw it", "그것을 본, 다른 프로세스의 스레드 비율"},
    {"All threads of a process have one address space, and so one heap and one set of global variables. For the "
     "other process the address leads elsewhere.",
     "한 프로세스의 모든 스레드는 주소 공간이 하나이고, 따라서 힙도 하나, 전역 변수도 한 벌입니다. 다른 "
     "프로세스에서는 그 주소가 다른 곳으로 이어집니다."},
    {"Now p0t0 writes to a local variable, which lies on its own stack. At that address, who finds the new value?",
     "이번에는 p0t0이 지역 변수에 씁니다. 지역 변수는 자기 스택에 있습니다. 그 주소에서 새 값을 보는 것은 "
     "누구일까요?"},
    {"A stack is a thread's own by custom only: usually nobody else knows its addresses. It lies in the common "
     "address space like all the rest, and whoever has the address, by a pointer to a local variable for "
     "instance, reads and writes it.",
     "스택이 스레드의 것이라는 것은 관례일 뿐입니다. 보통은 다른 스레드가 그 주소를 모를 따름입니다. 스택도 나머지와 "
     "마찬가지로 함께 쓰는 주소 공간에 있으며, 지역 변수를 가리키는 포인터 등으로 주소를 알게 되면 누구나 읽고 쓸 수 "
     "있습니다."},
    {"open(2) gives a file a small number, the file descriptor, by which it is read and written. The numbers "
     "stand in a table. Who has the very same table as p0t0?",
     "open(2)은 파일에 작은 번호를 붙여 줍니다. 이것이 파일 서술자이며, 읽고 쓸 때 이 번호를 씁니다. 번호들은 표 "
     "하나에 적혀 있습니다. p0t0과 바로 그 표를 함께 쓰는 것은 누구일까요?"},
    {"share of threads of the same process that have it", "같은 표를 가진, 같은 프로세스의 스레드 비율"},
    {"share of threads of the other process that have it", "같은 표를 가진, 다른 프로세스의 스레드 비율"},
    {"A file that one thread opens can be used by every thread of its process, and closed by any of them for all. The "
     "kernel itself was asked here, by kcmp(2), whether both have the same table.",
     "한 스레드가 연 파일은 그 프로세스의 모든 스레드가 쓸 수 있습니다. 남이 쓰는 중에 닫아 버릴 수도 있습니다. "
     "여기서는 두 스레드의 표가 같은 것인지 kcmp(2)로 커널에 직접 물었습니다."},
    {"On Linux one system call, clone(2), makes processes and threads alike. Its flags say what the new one shares "
     "with its maker: CLONE_VM the memory, CLONE_FILES the table of open files, CLONE_FS the working directory, "
     "CLONE_SIGHAND what is done at signals. A thread shares all of it; a forked process shares none and gets copies.",
     "리눅스에서는 프로세스도 스레드도 시스템 호출 하나, 곧 clone(2)이 만듭니다. 새로 만든 것이 만든 쪽과 무엇을 "
     "공유할지는 플래그로 정합니다. CLONE_VM은 메모리, CLONE_FILES는 열린 파일의 표, CLONE_FS는 작업 디렉터리, "
     "CLONE_SIGHAND는 시그널의 처리 방식입니다. 스레드는 이 모두를 공유하고, fork한 프로세스는 하나도 공유하지 않고 "
     "사본을 받습니다."},
    {"What a thread has for itself: its registers, its signal mask (which signals it does not take now), errno "
     "and other thread-local variables. Such a variable has another address in each thread; but that address, "
     "too, lies in the common memory.",
     "스레드만의 것은 레지스터, 시그널 마스크(지금은 받지 않을 시그널), errno를 비롯한 스레드 지역 변수입니다. "
     "이런 변수는 스레드마다 주소가 다릅니다. 그러나 그 주소도 함께 쓰는 메모리 안에 있습니다."},
    {"A thread can also stop sharing (unshare(2)). Let one of the two threads of a process have a table of open files "
     "of its own, and compare with the same command without '--unshare files': which row under 'the very same by "
     "kcmp(2)' has changed?",
     "스레드는 공유를 그만둘 수도 있습니다(unshare(2)). 한 프로세스의 두 스레드 가운데 하나가 열린 파일의 표를 따로 "
     "가지게 하고, '--unshare files'를 뺀 같은 명령과 견주어 보십시오. 제목에 kcmp(2)가 있는 표에서 어느 줄이 "
     "바뀝니까?"},
    {"One bad pointer", "잘못된 포인터 하나"},
    {"A pool is a group of workers that do the same work side by side. It can be made of processes, of threads, "
     "or of both. We write 8x1 for eight processes with one thread each, 1x8 for one process with eight threads, "
     "and 4x2 for four processes with two threads each. In every case there are eight workers.",
     "풀은 같은 일을 나란히 하는 워커의 모임입니다. 프로세스로 만들 수도, 스레드로 만들 수도, 둘을 섞을 수도 "
     "있습니다. 스레드가 하나씩인 프로세스 여덟 개는 8x1, 스레드가 여덟인 프로세스 하나는 1x8, 스레드가 둘씩인 "
     "프로세스 네 개는 4x2라고 적습니다. 어느 것이나 워커는 여덟입니다."},
    {"One of the workers, the victim, writes through a null pointer. Nothing is mapped at address 0. The processor "
     "stops at the instruction, and the kernel sends the signal SIGSEGV (segmentation violation). Unless the program "
     "has said otherwise, that signal is deadly.",
     "워커 가운데 하나, 곧 희생자가 널 포인터가 가리키는 곳에 씁니다. 주소 0에는 아무것도 매핑되어 있지 않습니다. "
     "프로세서는 그 명령에서 멈추고, 커널은 SIGSEGV(segmentation violation) 시그널을 보냅니다. 프로그램이 달리 정해 "
     "두지 않았다면 이 시그널은 치명적입니다."},
    {"The question is what dies of it. The other seven workers are the victim's siblings. A sibling counts as a "
     "survivor only if it does new and correct work after the victim's end was seen; to be there is not enough.",
     "문제는 그때 무엇이 함께 끝나는가입니다. 나머지 일곱 워커를 희생자의 형제 워커라고 합니다. 형제 워커는 희생자의 "
     "끝이 확인된 뒤에 새 일을 올바르게 해내야만 생존한 것으로 칩니다. 그냥 남아 있는 것만으로는 모자랍니다."},
    {"Each question is tried five times with the fault. One trial without it stands beside them as a control, a golden "
     "run. In the picture that follows each line is a worker, and time goes from left to right, each part of it on a "
     "scale of its own. A dot is a piece of work that it completed, called an op (a large dot: several); the number at "
     "the end of the line counts them. The process in which a worker lives is called its host.",
     "질문마다 결함을 일으키는 시행을 다섯 번 합니다. 대조군으로 결함이 없는 시행도 한 번 하는데, 이것을 기준 "
     "실행이라고 합니다. 이어지는 그림에서 한 줄은 워커 하나이고, 시간은 왼쪽에서 오른쪽으로 흐르며 눈금은 구간마다 "
     "다릅니다. 점은 워커가 끝낸 일 하나이며, 이것을 연산(op)이라고 합니다(큰 점은 여럿). 줄 끝의 숫자는 연산의 "
     "수입니다. 워커가 들어 있는 프로세스를 그 워커의 호스트라고 합니다."},
    {"The process pool, 8x1. One process writes through a null pointer. Which of its seven siblings survive?",
     "프로세스 풀 8x1입니다. 한 프로세스가 널 포인터가 가리키는 곳에 씁니다. 일곱 형제 워커 가운데 누가 살아남을까요?"},
    {"All seven.", "일곱 모두입니다."},
    {"Some of them: one to six.", "일부입니다. 하나에서 여섯 사이입니다."},
    {"None of them.", "아무도 없습니다."},
    {"siblings that died", "죽은 형제 워커"},
    {"SIGSEGV ended one process. The others have address spaces of their own, in which nothing has changed, and "
     "the kernel has no reason to touch them.",
     "SIGSEGV는 프로세스 하나를 끝냈습니다. 다른 프로세스의 주소 공간은 따로 있고 거기서는 아무것도 바뀌지 "
     "않았으며, 커널이 그들을 건드릴 까닭도 없습니다."},
    {"The thread pool, 1x8. One thread does exactly the same. Which of its seven siblings survive?",
     "스레드 풀 1x8입니다. 한 스레드가 똑같은 일을 합니다. 일곱 형제 워커 가운데 누가 살아남을까요?"},
    {"of them, ended by the victim's signal", "그중 희생자와 같은 시그널로 끝난 비율"},
    {"The signal was meant for one thread, but its default action is on the whole process: the kernel ends every "
     "thread in it. Seven workers are gone that made no mistake.",
     "시그널을 일으킨 것은 한 스레드이지만, 그 기본 동작은 프로세스 전체에 미칩니다. 커널은 프로세스의 모든 스레드를 "
     "끝냅니다. 아무 잘못도 하지 않은 워커 일곱이 사라졌습니다."},
    {"The hybrid, 4x2: four processes with two threads each. Again one thread writes through a null pointer. How "
     "many of its seven siblings survive?",
     "혼합 풀 4x2, 곧 스레드가 둘씩인 프로세스 네 개입니다. 이번에도 한 스레드가 널 포인터가 가리키는 곳에 씁니다. "
     "일곱 형제 워커 가운데 몇이 살아남을까요?"},
    {"Seven.", "일곱입니다."},
    {"Six.", "여섯입니다."},
    {"The only one lost is the one that lives in the victim's process: its cell-mate. How many are lost with a worker "
     "is something you choose when you choose the shape of the pool.",
     "희생자와 같은 프로세스에 있는 워커 하나만 잃습니다. 한 워커와 함께 몇을 잃을지는 풀의 구성을 고를 때 여러분이 "
     "정하는 것입니다."},
    {"The thread pool once more, 1x8. This time the thread does not crash: it calls pthread_exit(3), which ends "
     "a thread. Which of its seven siblings survive?",
     "다시 스레드 풀 1x8입니다. 이번에는 스레드가 비정상 종료하지 않고, 스레드를 끝내는 pthread_exit(3)를 "
     "부릅니다. 일곱 형제 워커 가운데 누가 살아남을까요?"},
    {"Not every end of a thread is the end of its process. A thread that ends by itself, and holds nothing that others "
     "wait for, leaves the rest alone. A crash is not of that kind.",
     "스레드의 끝이 언제나 프로세스의 끝은 아닙니다. 스레드가 스스로 끝나고, 남이 기다리는 것을 쥐고 있지 않으면 "
     "나머지는 무사합니다. 비정상 종료는 그런 끝이 아닙니다."},
    {"Why does the kernel not end just the thread? Because the others could not be trusted any more: they work "
     "on the same heap and the same globals, which the one that crashed may have left half-changed. A process is "
     "the smallest piece that can be thrown away whole.",
     "커널은 왜 그 스레드만 끝내지 않을까요? 나머지 스레드를 더는 믿을 수 없기 때문입니다. 모두 같은 힙과 같은 전역 "
     "변수를 쓰는데, 죽은 스레드가 그것을 고치다 만 상태로 남겼을지 모릅니다. 통째로 버릴 수 있는 가장 작은 단위가 "
     "프로세스입니다."},
    {"The siblings that are lost with a victim are called the blast radius. For a crash it is the rest of the "
     "victim's process: no one at 8x1, one at 4x2, everybody at 1x8.",
     "희생자와 함께 잃는 형제 워커를 피해 범위(blast radius)라고 합니다. 비정상 종료의 피해 범위는 희생자의 "
     "프로세스에 있는 나머지 워커입니다. 8x1에서는 없고, 4x2에서는 하나, 1x8에서는 모두입니다."},
    {"Other ends, other shapes: is there a fault here that behaves otherwise than the null pointer? Predict the "
     "whole table before you look.",
     "다른 방식의 종료와 다른 구성을 시험해 보십시오. 널 포인터와 결과가 다른 결함이 있습니까? 보기 전에 표 전체를 "
     "예측해 보십시오."},
    {"A wild write: the mistake that nobody notices", "엉뚱한 쓰기: 아무도 눈치채지 못하는 실수"},
    {"A null pointer is a merciful mistake: it is noticed at once. A wild write is not. It goes to an address "
     "that is mapped and may be written, and belongs to somebody else. No signal is sent, nothing stops.",
     "널 포인터는 자비로운 실수입니다. 바로 드러나기 때문입니다. 엉뚱한 쓰기는 그렇지 않습니다. 매핑되어 있고 쓸 "
     "수도 있지만 남의 것인 주소에 씁니다. 시그널도 오지 않고, 아무것도 멈추지 않습니다."},
    {"Each worker of this lesson keeps an object on the heap, and after every piece of work checks that it still "
     "holds what it must hold. A worker whose check fails is called corrupted: it goes on, and its results are "
     "wrong.",
     "이 수업의 워커는 저마다 힙에 객체를 하나 두고, 일을 하나 끝낼 때마다 그 값이 그대로인지 검사합니다. 검사에 "
     "실패한 워커를 손상된 워커라고 합니다. 일은 계속하지만 결과가 틀립니다."},
    {"The thread pool, 1x8. One thread writes over the heap objects of the others, at the addresses that it "
     "knows. What becomes of its seven siblings?",
     "스레드 풀 1x8입니다. 한 스레드가 자기가 아는 주소로, 다른 워커들의 힙 객체를 덮어씁니다. 일곱 형제 워커는 "
     "어떻게 될까요?"},
    {"Nothing: each has an object of its own.", "아무 일도 없습니다. 저마다 자기 객체가 있습니다."},
    {"They go on, with wrong data.", "틀린 데이터로 일을 계속합니다."},
    {"SIGSEGV ends them.", "SIGSEGV로 끝납니다."},
    {"siblings that were corrupted", "손상된 형제 워커"},
    {"The memory is mapped, and every thread of the process may write to it. To the processor there is nothing "
     "wrong. Without a check of the data, nobody would know.",
     "그 메모리는 매핑되어 있고, 프로세스의 모든 스레드가 쓸 수 있습니다. 프로세서가 보기에는 잘못된 것이 "
     "없습니다. 데이터를 검사하지 않았다면 아무도 몰랐을 것입니다."},
    {"The process pool, 8x1. All eight were forked from one process, so that each has its object at the same "
     "address. The victim writes over what lies there. What becomes of its seven siblings?",
     "프로세스 풀 8x1입니다. 여덟 모두 한 프로세스에서 갈라져 나와, 객체가 저마다 같은 주소에 있습니다. 희생자가 "
     "그 주소에 있는 것을 덮어씁니다. 일곱 형제 워커는 어떻게 될까요?"},
    {"Nothing.", "아무 일도 없습니다."},
    {"At that address the victim found its own object. It has harmed itself and nobody else: the memory of the "
     "others is out of its reach.",
     "그 주소에 있던 것은 희생자 자신의 객체였습니다. 희생자는 자신만 해쳤을 뿐 다른 워커는 해치지 못했습니다. 다른 "
     "워커의 메모리에는 손이 닿지 않습니다."},
    {"A crash takes a thread pool down, which is bad; a wild write leaves it up, with wrong results, which is worse. "
     "What stands between processes against both is the same wall: the page table.",
     "비정상 종료는 스레드 풀을 쓰러뜨리므로 나쁩니다. 엉뚱한 쓰기는 풀이 계속 돌아가게 두면서 결과를 틀리게 하므로 더 "
     "나쁩니다. 프로세스 사이에서 둘을 모두 막아 주는 것은 같은 벽, 곧 페이지 테이블입니다."},
    {"Tools such as AddressSanitizer find many wild writes, at the price of a slower program. In production it "
     "is the process that limits whose data can be wrong.",
     "AddressSanitizer 같은 도구는 엉뚱한 쓰기를 많이 찾아내지만 프로그램이 느려집니다. 실제 서비스에서 누구의 "
     "데이터까지 틀릴 수 있는지를 정하는 것은 프로세스입니다."},
    {"A bug can also write to other threads' stacks, or go on using memory that it has freed. Who is reached?",
     "버그는 다른 스레드의 스택에 쓰기도 하고, 해제한 메모리를 계속 쓰기도 합니다. 누구에게까지 미칩니까?"},
    {"Whose is it? Directory, files, errno", "누구의 것인가: 디렉터리, 파일, errno"},
    {"Besides memory the kernel keeps a lot for a program: the working directory, the table of open files, "
     "limits, what is to be done at signals. Most of that is kept once for each process, and some for each "
     "thread.",
     "커널은 메모리 말고도 프로그램을 위해 많은 것을 관리합니다. 작업 디렉터리, 열린 파일의 표, 한도, 시그널의 "
     "처리 방식 등입니다. 대부분은 프로세스마다 하나씩 있고, 어떤 것은 스레드마다 하나씩 있습니다."},
    {"This lesson uses the hybrid, 4x2: four processes with two threads each. One worker changes something. Then "
     "each of its seven siblings is asked whether it finds anything changed, or is refused what it was given "
     "before. Such a sibling is called contaminated: it works on, but no longer in the world that it knew.",
     "이 수업에서는 혼합 풀 4x2, 곧 스레드가 둘씩인 프로세스 네 개를 씁니다. 한 워커가 무언가를 바꿉니다. 그다음 일곱 "
     "형제 워커마다, 바뀐 것이 있는지, 전에는 되던 것이 거부되는지 묻습니다. 그런 형제 워커를 오염된 워커라고 합니다. "
     "일은 계속하지만 환경이 자기가 알던 것과 다릅니다."},
    {"One worker changes the working directory, by chdir(2). Which of the seven siblings find themselves in "
     "another directory?",
     "한 워커가 chdir(2)로 작업 디렉터리를 바꿉니다. 일곱 형제 워커 가운데 다른 디렉터리에 있게 되는 것은 "
     "누구일까요?"},
    {"Nobody else.", "아무도 없습니다."},
    {"One: the other thread of its process.", "하나입니다. 같은 프로세스의 다른 스레드입니다."},
    {"siblings that were contaminated", "오염된 형제 워커"},
    {"siblings for which nothing changed", "아무것도 바뀌지 않은 형제 워커"},
    {"contaminated in the victim's process", "희생자의 프로세스에서 오염된 워커"},
    {"died in the victim's process", "희생자의 프로세스에서 죽은 워커"},
    {"The working directory is the process's. Its other thread will open the wrong file at the next relative "
     "path, through no fault of its own. The other processes have directories of their own.",
     "작업 디렉터리는 프로세스의 것입니다. 같은 프로세스의 다른 스레드는 다음에 상대 경로를 쓸 때 아무 잘못 없이 "
     "엉뚱한 파일을 열게 됩니다. 다른 프로세스에는 저마다 자기 디렉터리가 있습니다."},
    {"One worker opens files and never closes them, until it is refused: the limit on open files (RLIMIT_NOFILE) is "
     "reached. Which of the siblings are refused a new file, too?",
     "한 워커가 파일을 열기만 하고 닫지 않다가 마침내 거부당합니다. 열린 파일의 한도(RLIMIT_NOFILE)에 이른 것입니다. "
     "형제 워커 가운데 함께 새 파일을 거부당하는 것은 누구일까요?"},
    {"There is one table of open files for each process, and the limit bounds the numbers in it: a new file gets the "
     "lowest number that is free, and below the limit none is left. Whoever shares the table shares its being full: "
     "EMFILE, too many open files.",
     "열린 파일의 표는 프로세스마다 하나이고, 한도는 그 표에서 쓸 수 있는 번호를 제한합니다. 새 파일은 비어 있는 가장 "
     "작은 번호를 받는데, 한도보다 작은 번호가 남지 않은 것입니다. 표를 함께 쓰면 표가 가득 찬 것도 함께 겪습니다. "
     "이때의 오류가 EMFILE입니다."},
    {"One worker sets errno, the variable in which the C library tells why a call failed. Which of the siblings find "
     "their errno changed?",
     "한 워커가 errno를 바꿉니다. errno는 호출이 왜 실패했는지 C 라이브러리가 알려 주는 변수입니다. 형제 워커 "
     "가운데 errno가 바뀐 것은 누구일까요?"},
    {"errno looks like one global variable and is one for each thread: it is thread-local. If it were not, no "
     "thread could know whose failure it is reading about.",
     "errno는 전역 변수 하나처럼 보이지만 스레드마다 하나씩 있습니다. 스레드 지역 변수이기 때문입니다. 그렇지 "
     "않다면 어느 스레드도 지금 읽는 것이 누구의 실패인지 알 수 없습니다."},
    {"Kept once for each process: memory, open files, working directory, umask (the rights that a new file does not "
     "get), what is done at signals, most limits, timers, environment. Kept for each thread: registers, stack, signal "
     "mask, errno; on Linux also the nice value and the processors on which it may run. User and group are a case "
     "apart: POSIX has them once for each process, Linux for each thread, and when one thread changes them the C "
     "library has all the others do the same (nptl(7)).",
     "프로세스마다 하나인 것: 메모리, 열린 파일, 작업 디렉터리, umask(새 파일에 주지 않을 권한), 시그널의 처리 방식, "
     "대부분의 한도, 타이머, 환경 변수. 스레드마다 하나인 것: 레지스터, 스택, 시그널 마스크, errno, 그리고 "
     "리눅스에서는 nice 값과 실행해도 되는 프로세서. 사용자와 그룹은 특별합니다. POSIX에서는 프로세스마다 하나이지만 "
     "리눅스 커널은 스레드마다 따로 두며, 한 스레드가 바꾸면 C 라이브러리가 나머지 스레드도 똑같이 바꾸게 "
     "합니다(nptl(7))."},
    {"For a worker this means: what it may change safely in a thread pool is less than one thinks. In a process "
     "of its own it may change all of it.",
     "그러므로 워커가 스레드 풀에서 마음 놓고 바꿀 수 있는 것은 생각보다 적습니다. 자기만의 프로세스에서라면 모두 "
     "바꾸어도 됩니다."},
    {"Sort these into 'the process's' and 'the thread's' before you run them. Where it is the process's, one sibling "
     "is contaminated: the other thread of the victim's process.",
     "실행하기 전에 이것들을 '프로세스의 것'과 '스레드의 것'으로 나누어 보십시오. 프로세스의 것을 바꾸면 형제 워커 "
     "하나, 곧 희생자와 같은 프로세스의 다른 스레드가 오염됩니다."},
    {"Messages, and what they cost", "메시지와 그 비용"},
    {"Workers that share no memory talk through the kernel: one writes into a pipe, a socket or a message queue, "
     "the other reads. That is called IPC, inter-process communication. A socket can also reach another machine.",
     "메모리를 공유하지 않는 워커들은 커널을 거쳐 통신합니다. 한쪽이 파이프나 소켓, 메시지 큐에 쓰고 다른 쪽이 "
     "읽습니다. 이것을 IPC(프로세스 간 통신)라고 합니다. 소켓은 다른 컴퓨터에까지 닿습니다."},
    {"In this lesson two workers pass messages to each other. Each message has a number and a checksum, so that a "
     "lost, doubled or broken one is found. Then one of the two dies in the middle of sending: where a channel can "
     "carry half a message, one half is out and the other is not.",
     "이 수업에서는 워커 둘이 서로 메시지를 주고받습니다. 메시지마다 번호와 체크섬이 있어, 유실되거나 중복되거나 깨진 "
     "것을 찾아냅니다. 그러다가 한쪽이 보내는 도중에 죽습니다. 메시지가 절반만 들어갈 수도 있는 채널이라면, 절반은 "
     "나갔고 절반은 나가지 못한 상태입니다."},
    {"Two processes, and a pipe between them. The sender dies with half a message in the pipe. The receiver "
     "waits for the other half. What does it see?",
     "프로세스 둘과 그 사이의 파이프입니다. 송신자가 메시지 절반을 파이프에 남기고 죽습니다. 수신자는 나머지 "
     "절반을 기다립니다. 수신자에게는 무엇이 보일까요?"},
    {"Nothing: it waits on.", "아무것도 보이지 않습니다. 계속 기다립니다."},
    {"Half a message, and then the end of the stream.", "메시지의 절반, 그다음 스트림의 끝이 보입니다."},
    {"Half a message that looks like a whole one.", "온전한 메시지처럼 보이는 절반이 보입니다."},
    {"saw half a message, and the end", "메시지 절반과 끝을 봄"},
    {"saw nothing for as long as it waited", "기다리는 내내 아무것도 보지 못함"},
    {"was given what its check refused", "검사를 통과하지 못한 것을 받음"},
    {"A pipe carries bytes and knows nothing of messages. But the kernel closes the sender's end when it dies, "
     "and when no writer is left, read(2) returns 0: the end. A receiver that counts its bytes knows that half "
     "is missing.",
     "파이프는 바이트를 나를 뿐 메시지를 모릅니다. 그러나 송신자가 죽으면 커널이 송신자 쪽 끝을 닫고, 쓰는 쪽이 하나도 "
     "남지 않으면 read(2)는 스트림의 끝을 뜻하는 0을 돌려줍니다. 바이트를 세는 수신자는 절반이 없다는 것을 압니다."},
    {"The same with a POSIX message queue. It takes a message whole or not at all, so that the sender dies before any "
     "of this one is in the queue. What does the receiver see?",
     "이번에는 POSIX 메시지 큐입니다. 큐는 메시지를 통째로 받거나 아예 받지 않으므로, 송신자는 이 메시지를 조금도 큐에 "
     "넣지 못하고 죽습니다. 수신자에게는 무엇이 보일까요?"},
    {"Half a message, and then the end.", "메시지의 절반, 그다음 끝이 보입니다."},
    {"That nobody is left who could send.", "보낼 쪽이 하나도 남지 않았다는 것이 보입니다."},
    {"was told of the end of the stream", "스트림의 끝을 통보받음"},
    {"A queue holds whole messages or none, so that nobody ever reads half of one. But it belongs to neither end, and "
     "does not end with one: the receiver is never told that its sender is gone. Whoever uses a queue has to find that "
     "out in another way.",
     "큐에는 메시지가 통째로 있거나 아예 없으므로, 아무도 절반을 읽는 일이 없습니다. 그러나 큐는 어느 쪽 끝의 "
     "것도 아니며, 한쪽이 끝나도 큐는 끝나지 않습니다. 송신자가 사라졌다는 것을 수신자는 끝내 통보받지 못합니다. "
     "큐를 쓴다면 그것은 다른 방법으로 알아내야 합니다."},
    {"What does a message cost? One there and one back through a pipe, once between two processes and once between two "
     "threads of one process; both workers are on one processor, and what counts is the median of many. How long does "
     "it take the threads?",
     "메시지 하나의 비용은 얼마일까요? 파이프로 메시지 하나를 보내고 하나를 받는 왕복을, 한 번은 두 프로세스 사이에서, "
     "한 번은 한 프로세스의 두 스레드 사이에서 잽니다. 두 워커는 같은 프로세서에서 실행되고, 여러 번 재어 중앙값을 "
     "씁니다. 스레드 쪽은 얼마나 걸릴까요?"},
    {"Less than a third of what the processes need.", "프로세스 쪽의 3분의 1도 걸리지 않습니다."},
    {"About as long: between a third of it and three times as long.", "비슷합니다. 3분의 1에서 세 배 사이입니다."},
    {"More than three times as long.", "세 배 넘게 걸립니다."},
    {"time of the threads, as a multiple of that of the processes", "프로세스 쪽 시간을 1로 본 스레드 쪽 시간"},
    {"there and back between threads, in ns", "스레드 사이의 왕복, ns"},
    {"there and back between processes, in ns", "프로세스 사이의 왕복, ns"},
    {"The price of a message is the way into the kernel and the switch from one worker to the other, and both pay "
     "that. A change of the address space comes on top for the processes; it is the smaller part. The answers are this "
     "far apart because other programs that are at work meanwhile disturb the measurement.",
     "메시지의 비용은 커널에 들어가는 데와 한 워커에서 다른 워커로 전환하는 데 들고, 이것은 양쪽이 다 치릅니다. "
     "프로세스 쪽에는 주소 공간을 바꾸는 비용이 더해지지만, 그 비용이 더 작습니다. 보기의 간격을 넓게 잡은 것은, "
     "그동안 다른 프로그램이 일하면 측정이 흔들리기 때문입니다."},
    {"Each kind of channel tells something else of a death: a pipe and a stream socket the end of the stream, TCP "
     "perhaps a reset, a queue nothing. All of them deliver every message whole as long as everybody lives. What "
     "differs is what you learn when somebody does not.",
     "채널의 종류에 따라 죽음을 알리는 방식이 다릅니다. 파이프와 스트림 소켓은 스트림의 끝을, TCP는 때로 연결 재설정을 "
     "알리고, 큐는 아무것도 알리지 않습니다. 모두가 살아 있는 동안에는 어느 채널이나 모든 메시지를 온전하게 "
     "전달합니다. 다른 것은 누군가 죽었을 때 무엇을 알게 되는가입니다."},
    {"Threads seem to have it cheaper because they need no messages: they share variables. But processes that "
     "share a segment have that, too, at the same price. The next lesson is about what comes with it.",
     "스레드는 변수를 공유하여 메시지가 필요 없으니 비용이 덜 드는 것처럼 보입니다. 그러나 세그먼트를 공유하는 "
     "프로세스도 같은 비용으로 그렇게 할 수 있습니다. 거기에 무엇이 따라오는지는 다음 수업에서 봅니다."},
    {"All six kinds of channel, which takes half a minute: find the table 'shown in a channel'. There stream and "
     "seqpacket are sockets inside one machine, and ring is a buffer in shared memory; torn means half a message, "
     "timed-out nothing at all. Which of them would you take?",
     "채널 여섯 종류를 모두 봅니다(30초쯤 걸립니다). 'shown in a channel' 표를 찾으십시오. 표의 stream과 seqpacket은 "
     "한 컴퓨터 안의 소켓이고, ring은 공유 메모리에 둔 링 버퍼입니다. torn은 메시지가 절반만 보였다는 뜻이고, "
     "timed-out은 아무것도 보이지 않았다는 뜻입니다. 여러분이라면 어느 것을 고르겠습니까?"},
    {"Shared data, lost updates", "공유 데이터와 갱신 손실(lost update)"},
    {"To add 5 to a number in memory takes three steps: read it, add, write it back. If another worker reads the "
     "same number in between, both add to the old value, and whoever writes last wipes out what the other has "
     "added. That is a lost update.",
     "메모리에 있는 수에 5를 더하는 일은 세 단계입니다. 읽고, 더하고, 다시 씁니다. 그사이에 다른 워커가 같은 수를 "
     "읽으면 둘 다 옛 값에 더하게 되고, 나중에 쓴 쪽이 먼저 더한 것을 지워 버립니다. 이것을 갱신 손실(lost "
     "update)이라고 합니다."},
    {"In this lesson four workers move money between accounts, as fast as they can, for a fifth of a second. The "
     "accounts are shared by all. Between reading a balance and writing the new one a worker computes for a moment, as "
     "real programs do; that makes losses more frequent than one bare addition would. Afterwards we count how many "
     "changes were lost. A lock (mutex) is the cure: whoever wants to change an account takes it first, and only one "
     "can have it at a time.",
     "이 수업에서는 워커 넷이 5분의 1초 동안 할 수 있는 한 빠르게 계좌 사이에서 돈을 옮깁니다. 계좌는 모두가 "
     "공유합니다. 워커는 실제 프로그램처럼, 잔액을 읽고 나서 새 잔액을 쓰기까지 잠깐 계산을 합니다. 그래서 덧셈 하나만 "
     "할 때보다 손실이 잦아집니다. 그다음 변경을 몇 번 잃었는지 셉니다. 막는 방법은 잠금(뮤텍스)입니다. 계좌를 "
     "바꾸려면 먼저 잠금을 쥐어야 하고, 한 번에 하나만 쥘 수 있습니다."},
    {"Four threads of one process, without a lock. How many of the changes are lost?",
     "한 프로세스의 스레드 넷이고, 잠금은 없습니다. 변경을 얼마나 잃을까요?"},
    {"A few: less than one in a thousand.", "조금입니다. 천에 하나가 되지 않습니다."},
    {"Many: one in a thousand, or more.", "많습니다. 천에 하나 이상입니다."},
    {"lost changes for each transfer", "이체 하나당 잃은 변경"},
    {"transfers that were made", "이루어진 이체"},
    {"changes that were lost", "잃은 변경"},
    {"This happens even on a single processor: an interruption between reading and writing is enough, and every "
     "transfer is a chance. With several processors it happens even to a single instruction that adds to a number in "
     "memory: it, too, reads and then writes, unless it is an atomic one.",
     "프로세서가 하나뿐이어도 이런 일이 일어납니다. 읽기와 쓰기 사이에 인터럽트 한 번이면 충분하고, 이체할 때마다 그럴 "
     "기회가 있습니다. 프로세서가 여럿이면 메모리의 수에 더하는 명령 하나에서도 일어납니다. 원자적(atomic) 명령이 "
     "아니면 그 명령도 읽은 다음에 쓰기 때문입니다."},
    {"Now four processes, also without a lock. The accounts are in a segment of memory that all four have asked "
     "the kernel to share. How many of the changes are lost?",
     "이번에는 프로세스 넷이고, 역시 잠금은 없습니다. 계좌는 네 프로세스가 커널에 요청해 공유하는 세그먼트에 있습니다. "
     "변경을 얼마나 잃을까요?"},
    {"What protected processes so far was that they shared nothing. Memory that is shared is shared, and is "
     "raced for, whoever the workers are.",
     "지금까지 프로세스를 지켜 준 것은 아무것도 공유하지 않는다는 사실이었습니다. 공유한 메모리는 말 그대로 공유되며, "
     "워커가 스레드이든 프로세스이든 서로 경쟁합니다."},
    {"Four threads again, and now each takes the lock for a transfer. How many of the changes are lost?",
     "다시 스레드 넷이고, 이번에는 이체할 때마다 잠금을 쥡니다. 변경을 얼마나 잃을까요?"},
    {"While one has the lock, the others wait. So nobody reads a number that somebody else is about to write.",
     "하나가 잠금을 쥐고 있는 동안 나머지는 기다립니다. 그래서 남이 막 쓰려는 수를 읽는 일이 없습니다."},
    {"Threads share everything, so that they have this problem without having asked for it; processes have it "
     "where they asked for shared memory. The cure is the same, and it works between processes if the lock "
     "itself lies in the shared segment.",
     "스레드는 모든 것을 공유하므로 요청하지 않아도 이 문제가 있습니다. 프로세스에는 공유 메모리를 요청한 경우에만 이 "
     "문제가 있습니다. 막는 방법은 같으며, 잠금 자체를 공유 세그먼트에 두면 프로세스 사이에서도 통합니다."},
    {"A lock has its own risks: everybody waits for the one who has it. Lesson 10 asks what happens when that "
     "one dies. And what is each thread's own, such as errno, needs no lock at all.",
     "잠금에도 위험이 있습니다. 잠금을 쥔 하나를 모두가 기다립니다. 그 하나가 죽으면 어떻게 되는지는 10번 "
     "수업에서 묻습니다. 그리고 errno처럼 스레드마다 하나씩 있는 것에는 잠금이 아예 필요 없습니다."},
    {"Hold all workers on one processor, so that no two of them ever run at the same moment. Is anything lost then? "
     "Predict, then take the lesson again. Do it as an ordinary user: where the program may, as root for instance, it "
     "puts the workers before all else, and then they hardly interrupt one another.",
     "모든 워커를 프로세서 하나에 묶어, 어느 둘도 같은 순간에 실행되지 않게 해 보십시오. 그래도 잃는 것이 있을까요? "
     "먼저 예측하고, 이 수업을 다시 해 보십시오. root가 아닌 일반 사용자로 하십시오. root처럼 권한이 있으면 프로그램이 "
     "워커를 다른 모든 것보다 앞세우므로, 워커끼리 서로 끼어드는 일이 거의 없습니다."},
    {"Are threads faster?", "스레드는 더 빠른가"},
    {"Most machines have several processors (cores), and a thread runs on one of them at a time. Whoever wants to use "
     "two at once needs two threads; in one process, or in two processes with one thread each.",
     "대부분의 컴퓨터에는 프로세서(코어)가 여럿 있고, 스레드 하나는 한 번에 그 가운데 하나에서만 실행됩니다. 둘을 "
     "동시에 쓰려면 스레드가 둘 있어야 합니다. 한 프로세스에 있어도 되고, 스레드가 하나씩인 두 프로세스에 있어도 "
     "됩니다."},
    {"This lesson measures throughput: how many pieces of work all workers together do in a second. Each "
     "measurement takes a fifth of a second and is repeated; what counts is the median, the one in the middle. "
     "Other programs that are at work meanwhile disturb it, so close what you can.",
     "이 수업에서는 처리량, 곧 모든 워커가 1초에 함께 해내는 일의 수를 잽니다. 한 번 재는 데 5분의 1초가 걸리고 "
     "여러 번 되풀이합니다. 그 가운데 중앙값을 씁니다. 그동안 다른 프로그램이 일하면 방해가 되므로, 닫을 수 있는 "
     "것은 닫아 두십시오."},
    {"Work that only computes, each worker on its own numbers. One process with two threads, beside one with a "
     "single thread. How much work do the two get done?",
     "저마다 자기 수로 계산만 하는 일입니다. 스레드가 둘인 프로세스를 스레드가 하나인 프로세스와 견줍니다. 스레드 둘은 "
     "일을 얼마나 해낼까요?"},
    {"About as much as the one: up to 1.2 times.", "하나일 때와 비슷합니다. 1.2배 이하입니다."},
    {"Clearly more: over 1.2 times.", "분명히 더 많습니다. 1.2배가 넘습니다."},
    {"Clearly less: below 0.8 times.", "분명히 더 적습니다. 0.8배가 되지 않습니다."},
    {"work of two threads, as a multiple of that of one", "스레드 하나의 일을 1로 본 스레드 둘의 일"},
    {"Two threads run on two processors at once, if there are two. These can be hyperthreads of one core, as the two "
     "of a small virtual machine often are; then they share what computes, and the gain may stay below 1.2. On a "
     "machine with one processor the first answer is the right one.",
     "프로세서가 둘 있으면 스레드 둘이 동시에 실행됩니다. 그 둘이 한 코어의 하이퍼스레드일 수도 있습니다. 작은 가상 "
     "머신의 프로세서 둘이 그런 경우가 많습니다. 그러면 계산하는 부분을 나누어 쓰므로 1.2배가 되지 않을 수 있습니다. "
     "프로세서가 하나뿐인 컴퓨터에서는 첫째 답이 맞습니다."},
    {"The same work by two processes with one thread each. Beside the two threads of one process, how much work "
     "do they get done?",
     "같은 일을 스레드가 하나씩인 두 프로세스가 합니다. 한 프로세스의 두 스레드에 견주면 일을 얼마나 해낼까요?"},
    {"Less: below 0.8 times.", "더 적습니다. 0.8배가 되지 않습니다."},
    {"About the same: 0.8 to 1.25 times.", "비슷합니다. 0.8배에서 1.25배 사이입니다."},
    {"More: over 1.25 times.", "더 많습니다. 1.25배가 넘습니다."},
    {"work of two processes, as a multiple of that of two threads", "스레드 둘의 일을 1로 본 프로세스 둘의 일"},
    {"While it computes, a worker needs nothing of the kernel, and the processor does not care whose page table it "
     "uses. Threads run in parallel; it does not follow that they are faster than processes.",
     "계산하는 동안 워커에게는 커널이 필요 없고, 프로세서는 누구의 페이지 테이블을 쓰는지 가리지 않습니다. 스레드는 "
     "병렬로 실행됩니다. 그렇다고 해서 프로세스보다 더 빠르다는 결론은 나오지 않습니다."},
    {"Other work: each worker asks the kernel for memory, touches it, and gives it back, again and again. Two "
     "processes beside two threads: how much do they get done?",
     "다른 일입니다. 워커마다 커널에서 메모리를 얻고, 건드려 보고, 돌려주기를 되풀이합니다. 프로세스 둘은 스레드 "
     "둘에 견주어 일을 얼마나 해낼까요?"},
    {"Less: below 0.9 times.", "더 적습니다. 0.9배가 되지 않습니다."},
    {"About the same: 0.9 to 1.1 times.", "비슷합니다. 0.9배에서 1.1배 사이입니다."},
    {"More: over 1.1 times.", "더 많습니다. 1.1배가 넘습니다."},
    {"Each such call changes the address space, and that is one and the same for both threads: the kernel lets them "
     "change it one after the other, and tells the other processor each time. Two processes have two address spaces "
     "and do not meet. On a machine with one processor the threads hardly meet either, and the answer may be 'about "
     "the same'.",
     "이런 호출은 그때마다 주소 공간을 바꾸는데, 두 스레드의 주소 공간은 하나입니다. 커널은 둘이 차례로 바꾸게 하고, "
     "바꿀 때마다 다른 프로세서에도 알립니다. 프로세스 둘은 주소 공간도 둘이라 서로 마주치지 않습니다. 프로세서가 "
     "하나뿐인 컴퓨터에서는 스레드끼리도 거의 마주치지 않으므로, 답이 '비슷합니다'일 수 있습니다."},
    {"Twice the workers do twice the work only as far as they need nothing of one another. What they need in common "
     "they pay for: a lock, a cache line that both write (the piece of memory, usually of 64 bytes, that processors "
     "pass on as a whole), the address space itself.",
     "워커를 늘린 만큼 일이 느는 것은 서로 기댈 일이 없을 때뿐입니다. 함께 쓰는 것에는 비용을 치릅니다. 잠금, 둘이 다 "
     "쓰기를 하는 캐시 라인(프로세서끼리 통째로 주고받는 메모리 조각으로, 보통 64바이트입니다), 주소 공간 자체가 그런 "
     "것입니다."},
    {"Where threads are ahead: they start sooner, and they take less memory, since a thread needs a stack, and a "
     "process page tables and copies of the pages that it writes. That is a good reason for threads; speed as such is "
     "not.",
     "스레드가 앞서는 점도 있습니다. 더 빨리 시작하고, 메모리를 덜 씁니다. 스레드에는 스택만 있으면 되지만, "
     "프로세스에는 페이지 테이블과, 쓴 페이지의 사본이 있어야 합니다. 이것은 스레드를 쓸 좋은 까닭입니다. 속도 자체는 "
     "그런 까닭이 되지 못합니다."},
    {"One lock around everything (ledger), or two counters side by side in one cache line (false-sharing): does a "
     "second thread add anything? Compare 1x1 and 1x2 in the table 'throughput'.",
     "모든 것을 감싼 잠금 하나(ledger), 또는 한 캐시 라인에 나란히 있는 두 카운터(false-sharing)입니다. 둘째 스레드가 "
     "보태는 것이 있습니까? 'throughput' 표에서 1x1과 1x2를 견주어 보십시오."},
    {"When processes do not help: memory shared on purpose", "프로세스가 소용없을 때: 일부러 공유한 메모리"},
    {"So far it looks as if processes were the answer to everything. The next two lessons look for the point "
     "where they are not.",
     "지금까지는 프로세스가 모든 것의 답처럼 보였습니다. 다음 두 수업에서는 그렇지 않게 되는 지점을 찾습니다."},
    {"Eight processes, 8x1, with accounts in a segment of memory that all share, and a lock in it that each takes for "
     "a transfer, as in lesson 8. Many databases are built in this way. One process crashes; at a harmless moment "
     "first, then at a bad one.",
     "프로세스 여덟 개, 8x1입니다. 계좌는 모두가 공유하는 세그먼트에 있고, 거기에는 8번 수업처럼 이체할 때마다 쥐는 "
     "잠금도 있습니다. 많은 데이터베이스가 이렇게 만들어져 있습니다. 한 프로세스가 먼저 별일 없는 순간에, 다음에는 "
     "나쁜 순간에 비정상 종료합니다."},
    {"The victim writes through a null pointer while it does not hold the lock. What becomes of its seven "
     "siblings?",
     "희생자가 잠금을 쥐고 있지 않을 때 널 포인터가 가리키는 곳에 씁니다. 일곱 형제 워커는 어떻게 될까요?"},
    {"They go on with their work.", "일을 계속합니다."},
    {"They die as well.", "함께 죽습니다."},
    {"They live, and wait for ever.", "살아 있지만 영원히 기다립니다."},
    {"siblings that stalled", "멈춘 형제 워커"},
    {"It shared memory with the others, but it left that memory in order, and nobody was waiting for it. To "
     "share is no harm as such; it depends on the moment.",
     "희생자는 메모리를 공유했지만 그 메모리를 온전한 상태로 남겼고, 희생자를 기다리는 워커도 없었습니다. 공유 자체가 "
     "해로운 것은 아닙니다. 어느 순간에 죽는지에 달려 있습니다."},
    {"Now the victim crashes while it holds the lock. What becomes of its seven siblings?",
     "이번에는 희생자가 잠금을 쥔 채 비정상 종료합니다. 일곱 형제 워커는 어떻게 될까요?"},
    {"A lock in shared memory is a number in shared memory: it says 'taken', and its owner, who alone would set it "
     "back, is gone. Only the victim is dead, and yet nobody works any more. Such a sibling is called stalled.",
     "공유 메모리에 있는 잠금은 공유 메모리에 적힌 수일 뿐입니다. 그 수는 '잠김'을 나타내는데, 그것을 되돌릴 수 있는 "
     "유일한 워커인 소유자가 사라졌습니다. 죽은 것은 희생자뿐인데도 이제 아무도 일하지 않습니다. 이런 형제 워커를 멈춘 "
     "워커라고 합니다."},
    {"The same crash, with a robust lock: the kernel tells the next one who wants it that its owner has died "
     "(EOWNERDEAD). What becomes of the seven siblings?",
     "같은 비정상 종료인데, 이번에는 견고한(robust) 잠금입니다. 다음에 잠금을 쥐려는 워커에게 커널이, 소유자가 "
     "죽었다고 알려 줍니다(EOWNERDEAD). 일곱 형제 워커는 어떻게 될까요?"},
    {"The lock is handed on. It says that the owner died, and not that its work was done: had it died half-way "
     "through a transfer, the accounts would be wrong now, and whoever takes the lock over would have to repair "
     "them.",
     "잠금은 다음으로 넘어갑니다. 그때 알게 되는 것은 소유자가 죽었다는 사실이지, 하던 일이 끝났다는 사실이 아닙니다. "
     "이체 도중에 죽었다면 지금 계좌는 틀려 있고, 잠금을 넘겨받은 쪽이 고쳐야 합니다."},
    {"The segment is a file that every process has mapped into its memory. The victim cuts that file short "
     "(ftruncate(2)), then touches the part that is gone, as the others do in their next transfer. What becomes "
     "of its seven siblings?",
     "세그먼트는 모든 프로세스가 메모리에 매핑한 파일입니다. 희생자가 그 파일을 짧게 자르고(ftruncate(2)), "
     "없어진 부분을 건드립니다. 다른 프로세스도 다음 이체에서 그 부분을 건드립니다. 일곱 형제 워커는 어떻게 "
     "될까요?"},
    {"The mapping is still there, but behind it there is no file any more: the kernel sends SIGBUS to whoever "
     "touches it. Each process dies of its own signal, one by one, for what another one did.",
     "매핑은 그대로 있지만 그 뒤에 있던 파일이 없습니다. 커널은 그 부분을 건드리는 프로세스마다 SIGBUS를 보냅니다. "
     "다른 프로세스가 한 일 때문에, 저마다 자기가 받은 시그널로 하나씩 죽습니다."},
    {"The wall between processes is around what each has for itself. What they share on purpose is outside of "
     "it, and there they are as near to one another as threads. So share little, and know for each piece what it "
     "looks like when somebody dies in the middle of changing it.",
     "프로세스 사이의 벽은 저마다 따로 가진 것을 둘러쌉니다. 일부러 공유한 것은 벽 밖에 있고, 거기서는 프로세스도 "
     "스레드만큼 가깝습니다. 그러니 적게 공유하고, 공유하는 것마다 누군가 바꾸다가 죽으면 어떤 상태가 되는지 알아 "
     "두십시오."},
    {"Robust locks help against the death of an owner. They do not help against one who lives and keeps the "
     "lock, and they repair no data.",
     "견고한 잠금은 소유자의 죽음에는 도움이 됩니다. 살아서 잠금을 놓지 않는 소유자에게는 소용없고, 데이터를 "
     "고쳐 주지도 않습니다."},
    {"Let the victim die half-way through a transfer, once under a robust lock and once where the next owner repairs "
     "what it finds. How far is the sum of the accounts off afterwards (sum_error)?",
     "희생자가 이체 도중에 죽게 해 보십시오. 한 번은 견고한 잠금 아래에서, 한 번은 다음 소유자가 발견한 것을 "
     "고치게 하여 해 봅니다. 계좌의 합은 얼마나 어긋납니까(sum_error)?"},
    {"When processes do not help: what the kernel keeps for several",
     "프로세스가 소용없을 때: 여럿이 함께 쓰는 커널 자원"},
    {"Processes can have things in common without sharing memory, and often nobody has decided it: it comes from "
     "how they were started.",
     "메모리를 공유하지 않는 프로세스라도 함께 가진 것이 있을 수 있습니다. 누가 그러기로 정해서가 아니라, 프로세스가 "
     "시작된 방식 때문에 그렇게 되는 일이 많습니다."},
    {"The eight processes of this lesson, 8x1, are in one process group, as a shell puts all parts of a command into "
     "one. They have inherited one open file from a common parent. And they are in one cgroup (control group: "
     "processes that the kernel counts and limits together) or belong to one user, with a limit on the number of "
     "threads for all of them together.",
     "이 수업의 여덟 프로세스 8x1은, 셸이 한 명령의 모든 부분을 묶듯이 한 프로세스 그룹에 있습니다. 같은 부모에게서 "
     "열린 파일 하나를 물려받았습니다. 그리고 한 cgroup(제어 그룹, 곧 커널이 함께 세고 함께 제한하는 프로세스의 "
     "모임)에 있거나 한 사용자의 것이어서, 스레드 수의 한도를 모두가 함께 씁니다."},
    {"SIGINT is sent to the victim's process group, as ^C does to the one in the foreground of a terminal. What "
     "becomes of its seven siblings?",
     "터미널에서 ^C를 누르면 포그라운드 프로세스 그룹에 가는 SIGINT 시그널을, 여기서는 희생자의 프로세스 그룹으로 "
     "보냅니다. 일곱 형제 워커는 어떻게 될까요?"},
    {"A signal to a group goes to every process in it. That is why servers put their workers into groups or "
     "sessions of their own (setsid(2)).",
     "그룹으로 보낸 시그널은 그룹의 모든 프로세스에 갑니다. 서버가 워커를 따로 그룹이나 세션에 두는 까닭이 "
     "이것입니다(setsid(2))."},
    {"The victim moves the position at which the inherited file is read next (lseek(2)). For which of the seven "
     "siblings has the position changed?",
     "희생자가 물려받은 파일의 다음 읽을 위치를 옮깁니다(lseek(2)). 일곱 형제 워커 가운데 그 위치가 바뀐 것은 "
     "누구일까요?"},
    {"Some of the seven.", "일곱 가운데 일부입니다."},
    {"Each process has a file descriptor of its own, but all eight lead to one open file description, and the "
     "position is kept there. fork(2) copies descriptors, not descriptions. Whoever opens the file anew has a "
     "position of its own.",
     "프로세스마다 파일 서술자는 따로 있지만, 여덟 모두 열린 파일 서술(open file description) 하나로 이어지고 "
     "위치는 거기에 있습니다. fork(2)는 서술자를 복사할 뿐, 열린 파일 서술은 복사하지 않습니다. 파일을 새로 열면 "
     "위치도 따로 생깁니다."},
    {"The victim starts threads until it is refused: the limit that counts all eight processes together is "
     "reached. Which of the seven siblings can no longer start one either?",
     "희생자가 거부당할 때까지 스레드를 시작합니다. 여덟 프로세스를 함께 세는 한도에 이른 것입니다. 일곱 형제 워커 "
     "가운데 이제 스레드를 하나도 더 시작하지 못하는 것은 누구일까요?"},
    {"A limit protects whoever is outside of the group that it counts. RLIMIT_NOFILE is for each process by itself, so "
     "that in lesson 6 it held back one process only. The limit of a cgroup counts all processes in it, RLIMIT_NPROC "
     "all of a user, and they use it up for one another.",
     "한도가 지켜 주는 것은 그 한도가 함께 세는 무리의 바깥에 있는 쪽입니다. RLIMIT_NOFILE은 프로세스마다 따로 "
     "있으므로, 6번 수업에서 막힌 것은 한 프로세스뿐이었습니다. cgroup의 한도는 그 안의 모든 프로세스를, "
     "RLIMIT_NPROC은 한 사용자의 모든 프로세스를 함께 세므로, 한쪽이 다른 쪽의 몫까지 써 버립니다."},
    {"The same goes for memory: when a cgroup has none left, the kernel kills a process in it (OOM, out of memory), "
     "and as a rule picks the largest, not the guilty one. With memory.oom.group set (cgroup v2) it kills all of them "
     "together. This lesson does not run that; as root you can have a process killed so, with a cgroup for each: "
     "bulkhead run --shape 8x1,1x8 --fault oom-kill",
     "메모리도 마찬가지입니다. cgroup에 메모리가 남지 않으면 커널은 그 안의 프로세스 하나를 죽이는데(메모리 부족 강제 "
     "종료, OOM kill), 보통 잘못한 것이 아니라 가장 큰 것을 고릅니다. memory.oom.group을 켜 두면(cgroup v2) 모두를 "
     "함께 죽입니다. 이 수업에서 이것을 실행하지는 않습니다. 루트라면 프로세스마다 cgroup을 두고 하나를 이렇게 죽여 볼 "
     "수 "
     "있습니다: bulkhead run --shape 8x1,1x8 --fault oom-kill"},
    {"A supervisor is whoever starts workers again that have died. One that restarts everybody for one (strategy "
     "one-for-all) takes down siblings with whom the victim had nothing in common at all, except it.",
     "감독자는 죽은 워커를 다시 시작하는 쪽입니다. 하나가 죽으면 모두를 재시작하는 감독자(one-for-all 전략)는, "
     "희생자와 함께 가진 것이 감독자밖에 없는 형제 워커까지 쓰러뜨립니다."},
    {"So the question is never 'threads or processes?' alone, but: what do these workers have in common? Each "
     "thing that they have in common can carry a fault, and each can be named.",
     "그러므로 물을 것은 '스레드인가 프로세스인가'만이 아닙니다. 이 워커들은 무엇을 함께 가지고 있는가를 물어야 "
     "합니다. 함께 가진 것은 무엇이든 결함을 옮길 수 있고, 그 하나하나에 이름을 댈 수 있습니다."},
    {"A supervisor restarts one, or all. Compare what one crash costs in each case: restarts, ops_lost, availability.",
     "감독자는 하나만 재시작하기도 하고 모두 재시작하기도 합니다. 비정상 종료 하나의 비용이 각각 얼마인지 restarts, "
     "ops_lost, availability를 견주어 보십시오."},
    {"What people try instead: jumping out of SIGSEGV", "흔히 시도하는 다른 방법: SIGSEGV에서 뛰쳐나오기"},
    {"A program can catch SIGSEGV: it installs a handler, a function that the kernel calls instead of ending the "
     "process. So why not have the handler jump back into the worker's loop (siglongjmp(3)), forget the piece of "
     "work that failed, and go on? Then threads would be as safe as processes, and cheaper.",
     "프로그램은 SIGSEGV를 잡을 수 있습니다. 커널이 프로세스를 끝내는 대신 부를 함수, 곧 핸들러를 등록합니다. 그렇다면 "
     "핸들러가 워커의 반복문으로 뛰어 돌아가서(siglongjmp(3)), 실패한 일은 잊고 계속하면 되지 않을까요? 그러면 "
     "스레드도 프로세스만큼 안전하고 비용은 덜 들 것입니다."},
    {"The eight threads of this lesson, 1x8, are guarded in this way. We try it out at a harmless moment, at a "
     "bad one, and with a mistake that sends no signal.",
     "이 수업의 여덟 스레드 1x8은 그렇게 보호되어 있습니다. 별일 없는 순간에, 나쁜 순간에, 그리고 시그널이 오지 "
     "않는 실수로 시험해 봅니다."},
    {"A thread writes through a null pointer; the handler jumps back. What becomes of its seven siblings?",
     "한 스레드가 널 포인터가 가리키는 곳에 쓰고, 핸들러가 뛰어 돌아갑니다. 일곱 형제 워커는 어떻게 될까요?"},
    {"It works: the crash was caught, and no sibling is lost. If the story ended here, this course would be shorter by "
     "some lessons.",
     "통했습니다. 비정상 종료를 막았고, 형제 워커를 하나도 잃지 않았습니다. 이야기가 여기서 끝난다면 이 과정은 수업 몇 "
     "개가 줄었을 것입니다."},
    {"Now the thread holds the pool's lock when it writes through the null pointer; the handler jumps back. What "
     "becomes of its seven siblings?",
     "이번에는 스레드가 풀의 잠금을 쥔 채 널 포인터가 가리키는 곳에 쓰고, 핸들러가 뛰어 돌아갑니다. 일곱 형제 워커는 "
     "어떻게 될까요?"},
    {"The jump skipped the line that would have released the lock. Nobody died, so that not even a robust lock "
     "would help: its owner lives and does not know that it has it. The pool looks healthy from outside and does "
     "nothing. A crash would have been kinder.",
     "뛰쳐나오면서 잠금을 푸는 코드를 건너뛰었습니다. 아무도 죽지 않았으므로 견고한 잠금도 소용없습니다. 소유자는 살아 "
     "있고, 자기가 쥐고 있다는 것을 모릅니다. 풀은 밖에서 보면 멀쩡한데 아무 일도 하지 않습니다. 차라리 비정상 종료가 "
     "나았을 것입니다."},
    {"Last, a wild write: a thread writes over the heap objects of the others. The guard is in place. What "
     "becomes of its seven siblings?",
     "마지막으로 엉뚱한 쓰기입니다. 한 스레드가 다른 워커들의 힙 객체를 덮어씁니다. 보호 장치는 그대로 있습니다. "
     "일곱 형제 워커는 어떻게 될까요?"},
    {"Nothing: the guard prevents it.", "아무 일도 없습니다. 보호 장치가 막아 줍니다."},
    {"A handler hears of what the processor refuses, and the processor refused nothing. Many a null pointer in a "
     "real program comes after some writes of this kind.",
     "핸들러는 프로세서가 거부한 것만 알게 되는데, 프로세서는 아무것도 거부하지 않았습니다. 실제 프로그램에서 널 "
     "포인터에 이르기 전에 이런 쓰기가 몇 번 있었던 경우가 적지 않습니다."},
    {"The handler knows that something failed, and not what was half-done: a lock taken, malloc's own lists in pieces, "
     "a file half-written. signal-safety(7) lists the functions that a handler may call at all. After a jump out of a "
     "function that is not on that list, to call such a function again is undefined behaviour.",
     "핸들러는 무언가 실패했다는 것은 알지만 무엇을 하다 말았는지는 모릅니다. 쥔 잠금, 망가진 malloc의 내부 목록, 쓰다 "
     "만 파일이 남습니다. 핸들러가 불러도 되는 함수는 signal-safety(7)에 있습니다. 그 목록에 없는 함수에서 뛰쳐나온 "
     "뒤에 그런 함수를 다시 부르면 정의되지 않은 동작(undefined behavior)이 됩니다."},
    {"The end of a process is a clean cut: the kernel takes back its memory, its open files and its locks on files, "
     "and a new process begins in a known state. So, in one sentence, the course: put what may fail into a process of "
     "its own, let it share as little as you can, know each thing that it does share, and have somebody start it "
     "again.",
     "프로세스가 끝나면 뒤가 깨끗합니다. 커널이 메모리와 열린 파일과 파일 잠금을 거두어들이고, 새 프로세스는 정해진 "
     "상태에서 시작합니다. 이 과정을 한 문장으로 줄이면 이렇습니다. 실패할 수 있는 것은 별도의 프로세스에 넣고, 될 수 "
     "있는 대로 적게 공유하게 하고, 공유하는 것은 하나하나 알아 두고, 누군가 다시 시작하게 하십시오."},
    {"More of what a guard sees and does not see: which of these faults does it catch, and which of them leaves "
     "the pool worse off than a crash?",
     "보호 장치가 보는 것과 보지 못하는 것을 더 봅니다. 이 결함들 가운데 무엇을 잡고, 무엇이 비정상 종료보다 "
     "나쁜 상태를 풀에 남깁니까?"},
    {"A course in twelve lessons: what processes and threads keep apart",
     "열두 번의 수업: 프로세스와 스레드는 무엇을 떼어 놓는가"},
    {"Where a command begins with 'bulkhead' and it is not installed, type the path of the program instead; after the "
     "set-up in the README that is build/release/bulkhead.",
     "'bulkhead'로 시작하는 명령은, 설치하지 않았으면 그 대신 프로그램의 경로를 치십시오. README대로 빌드했다면 "
     "build/release/bulkhead입니다."},
    {"Each takes ten minutes or so: it asks for your prediction, runs the experiment here, and explains what "
     "happened. Begin with:",
     "수업 하나에 10분쯤 걸립니다. 예측을 묻고, 실험을 여기서 실행하고, 일어난 일을 설명합니다. 시작:"},
    {"On the right: the claims that a lesson puts to the test. More about one:",
     "오른쪽은 수업이 시험하는 명제입니다. 명제에 대해 더 알아보기:"},
    {"Lesson {0} of {1}: {2}", "{1}개 수업 중 {0}번: {2}"},
    {"What is put to the test", "시험할 명제"},
    {"Question {0} of {1}: what do you predict?", "질문 {1}개 중 {0}번: 여러분의 예측은?"},
    {"{0} of {1}, in each of {2} trials", "{1}개 중 {0}개, 시행 {2}번 모두에서"},
    {"{0} to {1} of {2}, in {3} trials", "{2}개 중 {0}~{1}개, 시행 {3}번에서"},
    {"in {0} of {1} trials", "시행 {1}번 중 {0}번"},
    {"no trial of it was run", "시행이 하나도 실행되지 않았습니다"},
    {"a trial could not be judged: {}", "판정할 수 없는 시행이 있었습니다: {}"},
    {"a sibling was lost in a run without the fault", "결함이 없는 실행에서 형제 워커를 잃었습니다"},
    {"a trial did not yield what was to be measured: {}", "재려던 값이 나오지 않은 시행이 있었습니다: {}"},
    {"other programs took too much of the processors meanwhile ({}); try again when it is quiet",
     "그동안 다른 프로그램이 프로세서를 너무 많이 썼습니다({}). 조용할 때 다시 해 보십시오"},
    {"You predicted {}, and so it was.", "예측 {}, 그대로였습니다."},
    {"You predicted {0}. It was {1}:", "예측 {0}, 실제 {1}:"},
    {"You predicted {}. It was none of the three.", "예측 {}, 실제 결과는 보기 가운데 어느 것도 아니었습니다."},
    {"What follows explains the answer that this lesson expects, which is {}; nothing was measured here that bears it "
     "out.",
     "아래 설명은 이 수업이 예상한 답({})에 대한 것입니다. 여기서 측정하여 확인한 것은 아닙니다."},
    {"The run decides nothing: {}.", "이 실행으로는 답을 정할 수 없습니다: {}."},
    {"This is not what this lesson expects, which is answer {}. What was measured counts; what follows explains "
     "the answer that was expected.",
     "이 수업이 예상한 답({})과 다릅니다. 측정된 것이 답입니다. 아래 설명은 예상한 답에 대한 것입니다."},
    {"Why it is so", "왜 그런가"},
    {"To read", "읽을거리"},
    {"Try it", "해 보기"},
    {"You predicted {0} of {1} right.", "{1}개 중 {0}개를 맞게 예측했습니다."},
    {"Questions that could not be decided here: {}.", "여기서 답을 정할 수 없었던 질문: {}개."},
    {"Next:", "다음:"},
    {"This machine cannot run it: {}.", "이 컴퓨터에서는 실행할 수 없습니다: {}."},
    {"Running it here, trials: {}", "여기서 실행합니다. 시행: {}"},
    {"The prediction: {}", "예측: {}"},
    {"Your prediction, a to {} (q leaves):", "예측을 고르십시오. a에서 {}까지 (q는 나가기):"},
    {"Type a letter from a to {}.", "a에서 {}까지의 글자를 하나 입력하십시오."},
    {"[Enter goes on, q leaves]", "[Enter는 계속, q는 나가기]"},
    {"Left before the end; nothing of it is kept.", "끝나기 전에 나갔습니다. 남는 기록은 없습니다."},
    {"open file", "열린 파일"},
    {"disk", "디스크"},
    {"channel", "채널"},
    {"group", "그룹"},
    {"limits", "한도"},
    {"fate", "결과"},
    {"data", "데이터"},
    {"lock", "잠금"},
    {"Each box is a process. The code in it is one file, read only; data, heap and stacks are each process's own.",
     "상자 하나가 프로세스 하나입니다. 안의 코드는 읽기만 하는 같은 파일이고, 데이터와 힙과 스택은 프로세스마다 "
     "따로 있습니다."},
    {"The box is the process. Code, data and heap are there once, for all of its threads.",
     "상자가 프로세스입니다. 코드와 데이터와 힙은 하나씩 있고, 모든 스레드가 함께 씁니다."},
    {"A bar below the boxes is there once, for all of the processes.",
     "상자 아래의 막대는 하나뿐이며, 모든 프로세스가 함께 씁니다."},
    {"the victim is {}", "희생자: {}"},
};

} // namespace

std::span<const Translation> lessons()
{
    return rows;
}

} // namespace bulkhead::texts
