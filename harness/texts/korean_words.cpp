#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    // labels of explain
    {"The victim", "희생자는"},
    {"It then", "그다음에는"},
    {"Effect", "영향"},
    {"Within reach", "영향 범위"},
    {"Besides it", "뒤에 남는 것"},
    {"Shown to", "드러남"},
    {"Why", "이유"},
    {"Guards", "보호 장치"},
    {"Needs", "필요한 것"},
    {"Only for", "대상"},
    {"Source", "출처"},
    {"Subtle", "미묘한 점"},
    {"Predicted for the siblings, and how many survive", "형제 워커에 대한 예측과 생존 수"},
    {"See for yourself", "직접 해 보기"},
    {"Measured", "측정"},
    {"Boundary", "한계"},
    {"Learned", "배운 것"},
    {"a cell-mate", "같은 호스트"},
    {"other host", "다른 호스트"},
    {"thread 0 of a host, which is its main thread", "호스트의 0번 스레드, 곧 주 스레드"},
    {"By default, in a host, which has a session of its own, a signal",
     "저마다 자기 세션을 가진 호스트에서 시그널의 기본 동작"},
    {"ends the process", "프로세스를 끝냄"},
    {"stops the process", "프로세스를 정지시킴"},
    {"does nothing", "아무 일도 하지 않음"},
    {"{} to {}", "{}부터 {}까지"},
    {"{} says more of one.", "{} 명령은 하나를 자세히 설명합니다."},
    {"{} says more of one, {} measures them.", "{} 명령은 하나를 자세히 설명하고, {} 명령은 직접 측정합니다."},
    {"The columns: fault, its effect, how far it reaches, and what the victim does.",
     "각 열은 결함, 영향, 영향 범위, 희생자가 하는 일입니다."},

    // outcomes
    {"intact", "온전"},
    {"contaminated", "오염"},
    {"degraded", "성능 저하"},
    {"stalled", "멈춤"},
    {"corrupted", "손상"},
    {"died", "사망"},

    // what a fault does to those within its reach, and how far that is
    {"nothing", "없음"},
    {"contaminates", "오염"},
    {"degrades", "성능 저하"},
    {"stalls", "멈춤"},
    {"corrupts", "손상"},
    {"dies", "사망"},
    {"worker", "워커"},
    {"process", "프로세스"},
    {"sharers", "공유자"},
    {"the victim alone", "희생자 자신뿐"},
    {"its cell-mates: every worker of the victim's process",
     "같은 호스트의 워커, 곧 희생자와 같은 프로세스에 있는 모든 워커"},
    {"its cell-mates, and whoever else wants the processors", "같은 호스트의 워커, 그리고 프로세서가 필요한 모두"},
    {"its cell-mates, and whoever else shares the process", "같은 호스트의 워커, 그리고 같은 프로세스를 쓰는 모두"},
    {"its cell-mates, and whoever else shares the segment", "같은 호스트의 워커, 그리고 같은 세그먼트를 쓰는 모두"},
    {"its cell-mates, and whoever else shares the lock", "같은 호스트의 워커, 그리고 같은 잠금을 쓰는 모두"},
    {"its cell-mates, and whoever else shares the open file description",
     "같은 호스트의 워커, 그리고 같은 열린 파일 서술(open file description)을 쓰는 모두"},
    {"its cell-mates, and whoever else shares the disk", "같은 호스트의 워커, 그리고 같은 디스크를 쓰는 모두"},
    {"its cell-mates, and whoever else shares the channel", "같은 호스트의 워커, 그리고 같은 채널을 쓰는 모두"},
    {"its cell-mates, and whoever else shares the process group",
     "같은 호스트의 워커, 그리고 같은 프로세스 그룹에 있는 모두"},
    {"its cell-mates, and whoever else shares the cgroup", "같은 호스트의 워커, 그리고 같은 cgroup에 있는 모두"},
    {"its cell-mates, and whoever else shares the limit on threads",
     "같은 호스트의 워커, 그리고 같은 스레드 한도 아래 있는 모두"},

    // what it leaves behind
    {"stalls its cell-mates, and whoever else shares the lock; unless the lock is robust",
     "같은 호스트의 워커, 그리고 같은 잠금을 쓰는 모두가 멈춥니다. 잠금이 견고하면(robust) 그렇지 않습니다"},
    {"stalls its cell-mates: every worker of the victim's process",
     "같은 호스트의 워커, 곧 희생자와 같은 프로세스에 있는 모든 워커가 멈춥니다"},
    {"corrupts its cell-mates, and whoever else shares the segment",
     "같은 호스트의 워커, 그리고 같은 세그먼트를 쓰는 모두의 데이터가 손상됩니다"},

    // what it needs, and what guards do about it
    {"root", "root 권한"},
    {"a writable memory cgroup", "쓰기 권한이 있는 메모리 cgroup"},
    {"a limit on threads: RLIMIT_NPROC, or as root a writable pids cgroup",
     "스레드 한도: RLIMIT_NPROC, root라면 쓰기 권한이 있는 pids cgroup"},
    {"a small tmpfs: CAP_SYS_ADMIN or a user namespace", "작은 tmpfs: CAP_SYS_ADMIN 또는 사용자 네임스페이스"},
    {"none helps", "도움이 되는 것 없음"},
    {"none helps: it strikes again, or strikes cell-mates too",
     "도움이 되는 것 없음: 다시 일어나거나 같은 호스트의 워커에게도 일어납니다"},

    // what hosts share in a prediction
    {"hosts share nothing", "공유하는 것 없음"},
    {"hosts share the segment", "세그먼트를 공유"},
    {"hosts share the lock", "잠금을 공유"},
    {"hosts share the description", "열린 파일 서술을 공유"},
    {"hosts share the disk", "디스크를 공유"},
    {"hosts share the channel", "채널을 공유"},
    {"hosts share the group", "프로세스 그룹을 공유"},
    {"hosts share a robust lock", "견고한 잠금을 공유"},
    {"a pids cgroup for each host", "호스트마다 pids cgroup"},
    {"a share for each session", "세션마다 한 몫"},
    {"a share for each thread", "스레드마다 한 몫"},
    {"RLIMIT_NPROC", "RLIMIT_NPROC 한도"},
    {"guard catch", "catch 보호 장치"},
    {"guard siglongjmp", "siglongjmp 보호 장치"},

    // ends of a victim
    {"its process runs another program under the same pid", "프로세스가 같은 pid로 다른 프로그램을 실행합니다"},
    {"its process is stopped", "프로세스가 정지됩니다"},
    {"lives, but completes no more ops", "살아 있지만 연산을 더는 마치지 못합니다"},
    {"goes on with its work", "하던 일을 계속합니다"},

    // what a channel shows
    {"done", "완료"},
    {"timed-out", "시간 초과"},
    {"end-of-stream", "스트림의 끝"},
    {"torn", "찢어진 메시지"},
    {"bad-frame", "잘못된 프레임"},
    {"reset", "연결 재설정"},
    {"broken-pipe", "끊어진 파이프"},
    {"failed", "실패"},

    // families
    {"Control", "대조"},
    {"Crashes", "비정상 종료"},
    {"Exits", "종료"},
    {"From outside", "외부"},
    {"Stalls", "멈춤"},
    {"Resources", "자원"},
    {"Corruption", "손상"},
    {"Contamination", "오염"},
    {"In a channel", "채널"},
    {"Aimed at the harness itself", "하니스 자신을 겨눈 것"},

    // the table of claims
    {"claims", "명제"},
    {"what it says, its verdict and the figure that decides; below it, where it stops being true",
     "내용과 판정, 판정을 가른 수치. 그 아래는 명제가 더는 성립하지 않는 곳"},
    {"UPHELD", "성립"},
    {"REFUTED", "반증"},
    {"INCONCLUSIVE", "판정 보류"},
    {"not measured", "측정하지 않음"},
    {"But: {}", "한계: {}"},
    {"{} (and {} more expectation)", "{} (그 밖의 기대 {}개)"},
    {"{} (and {} more expectations)", "{} (그 밖의 기대 {}개)"},
    {"{} (and {} more expectation, in {} experiments)", "{} (그 밖의 기대 {}개, 실험 {}개)"},
    {"{} (and {} more expectations, in {} experiments)", "{} (그 밖의 기대 {}개, 실험 {}개)"},

    // reasons of verdicts that have no figure in them
    {"no cell of the experiment is there to be held against", "견줄 칸이 실험에 없음"},
    {"no cell of the experiment is spoken of", "기대가 말하는 칸이 실험에 없음"},
    {"survivors", "생존 워커"},
    {"survivor", "생존 워커"},
    {"loss", "상실"},
    {"sibling with another outcome", "결과가 다른 형제 워커"},
    {"median", "중앙값"},
    {"least", "최솟값"},
    {"most", "최댓값"},
    {"mean", "평균"},
    {"an upper bound", "상한"},
    {"a lower bound", "하한"},
    {"an interval", "구간"},
    {"share of trials without a loss", "아무도 잃지 않은 시행의 비율"},
    {"share of trials without a survivor", "아무도 살아남지 못한 시행의 비율"},
    {"share of trials as predicted", "예측대로 된 시행의 비율"},
    {"share of trials whose victim ended so", "희생자가 그렇게 끝난 시행의 비율"},
    {"mean share of survivors", "생존 워커의 평균 비율"},
    {"every shape", "모든 구성"},
    {"every fault", "모든 결함"},
};

} // namespace

std::span<const Translation> words()
{
    return rows;
}

} // namespace bulkhead::texts
