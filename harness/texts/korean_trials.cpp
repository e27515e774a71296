#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    // the time line: names of events
    {"started", "시작"},
    {"not steady", "정상 상태 아님"},
    {"rates", "연산 속도"},
    {"ordered", "지시"},
    {"FIRED", "결함 발생"},
    {"host ended", "호스트 종료"},
    {"hosts ended", "호스트 종료"},
    {"thread gone", "스레드 종료"},
    {"OOM kills", "OOM 강제 종료"},
    {"went on", "계속 일함"},
    {"answered", "응답"},
    {"asleep", "잠듦"},
    {"finished", "마침"},
    {"restarted", "재시작"},
    {"ready", "준비됨"},

    // until the fault
    {"{} in {}, by {:w}", "{1}에 {0}, 시작 방식: {2}"},
    {"{:d} of {} had answered, the first {} earlier", "{1} 가운데 {0}개가 응답, 첫 응답은 {2} 전"},
    {"{:d} of {} had answered", "{1} 가운데 {0}개가 응답"},
    {"{} at full speed for {}: {} ops per second each on average", "{}, 전속력으로 {}: 워커마다 초당 평균 연산 {}회"},
    {"nothing: a golden run; the fault would strike {:w}", "없음: 기준 실행, 결함이 있었다면 희생자는 {}"},
    {"{:w} to {:w}, between-ops after {}", "{1} 워커에 {0}, {2} 더 마친 뒤 다음 연산 전에"},
    {"{:w} to {:w}, inside-op after {}", "{1} 워커에 {0}, {2} 더 마친 뒤 다음 연산 도중에"},
    {"{:d} more op", "연산 {}회"},
    {"{:d} more ops", "연산 {}회"},
    {"{}; it came back without an effect", "{}; 아무 영향 없이 하던 일로 돌아옴"},
    {"{}, {:d} op completed", "{}, 마친 연산 {}회"},
    {"{}, {:d} ops completed", "{}, 마친 연산 {}회"},
    {"by nobody", "아무도 일으키지 않음"},
    {"by {:w} itself", "{} 스스로"},
    {"by the supervisor (to host {:d})", "감독자가 호스트 {}에 일으킴"},
    {"by the supervisor (signal to host {:d})", "감독자가 호스트 {}에 보낸 시그널"},
    {"by the supervisor (signal to the thread of {:w})", "감독자가 {} 워커의 스레드에 보낸 시그널"},
    {"by the supervisor (signal to the process group of host {:d})",
     "감독자가 호스트 {}의 프로세스 그룹에 보낸 시그널"},
    {"by the supervisor (signal to the process group of host {:d} that all hosts share)",
     "감독자가 호스트 {}의 프로세스 그룹, 곧 모든 호스트가 함께 속한 그룹에 보낸 시그널"},

    // ends
    {"{}, {:w} {:w} after the fault", "{}, 결함 뒤 {} {}"},
    {"{}, {:w} {:w} {:w} {:w} after the fault", "{}, 결함 뒤 {} {} {} {}"},
    {"{:w}: its thread is gone, its host lives", "{}: 스레드는 끝났고 호스트는 살아 있음"},
    {"{:w}: its pid runs another program", "{}: 그 pid로 다른 프로그램이 실행 중"},
    {"{:w}: its end was seen", "{}: 종료를 감지함"},
    {"{:w}: its host lives", "{}: 호스트는 살아 있음"},
    {"{:w}: host {:d} is stopped", "{}: 호스트 {} 정지"},
    {"{:w}: host {:d} {}", "{}: 호스트 {}, {}"},
    {"all {:d} that were told to stop", "끝내라는 지시를 받은 호스트 {}개 모두"},
    {"all {:d} that were told to stop, within {}", "끝내라는 지시를 받은 호스트 {}개 모두, {} 안에"},
    {"all {:d} that the supervisor ended because of another",
     "다른 호스트의 종료 때문에 감독자가 끝낸 호스트 {}개 모두"},
    {"all {:d} that the supervisor ended because of another, within {}",
     "다른 호스트의 종료 때문에 감독자가 끝낸 호스트 {}개 모두, {} 안에"},
    {"{}; before, it had been replaced by another program", "{}; 그 전에 다른 프로그램으로 바뀜"},
    {"{}; before, it was stopped by a signal", "{}; 그 전에 시그널로 정지됨"},
    {"{}; its black box was spoiled, and is not believed", "{}; 블랙박스가 망가져서 믿지 않음"},
    {"{}, by its supervisor", "{}, 감독자가 끝냄"},
    {"{} when told to stop", "{}, 끝내라는 지시를 받은 뒤"},
    {"host {:d} {}", "호스트 {}, {}"},
    {"could not be reaped", "회수하지 못함"},
    {"counted by the kernel in the cgroup of host {:d}: {:d}", "커널이 호스트 {}의 cgroup에서 센 횟수: {}"},
    {"{:w}, by its own word: the fault came back as it should",
     "{} 자신의 보고: 결함을 일으킨 뒤 예정대로 하던 일로 돌아옴"},
    {"first of {:d}: {}", "{}개 가운데 처음: {}"},
    {"median of {:d}: {}", "{}개 가운데 중간: {}"},
    {"last of {:d}: {}", "{}개 가운데 마지막: {}"},

    // repairs
    {"{} in the place of the one that had ended", "끝난 호스트의 자리에 {}"},
    {"{} in the place of those that had ended", "끝난 호스트들의 자리에 {}"},
    {"{} in the place of the one that had ended, {:d} of which the supervisor ended",
     "끝난 호스트의 자리에 {}, 그 가운데 감독자가 끝낸 것 {}개"},
    {"{} in the place of those that had ended, {:d} of which the supervisor ended",
     "끝난 호스트들의 자리에 {}, 그 가운데 감독자가 끝낸 것 {}개"},
    {"{}, {:w} {:w} after the launch", "{}, 시작 뒤 {} {}"},
    {"{}, {:w} {:w} {:w} {:w} after the launch", "{}, 시작 뒤 {} {} {} {}"},
    {"the new {:w} {} before it was ready", "새 호스트 {}, 준비되기 전에 끝남: {}"},
    {"strike {:d}, on the replacement of {:w}: it did not reach the fault",
     "{}번째 결함, 대상은 {} 자리의 새 워커: 결함에 이르지 못함"},
    {"strike {:d}, on the replacement of {:w}", "{}번째 결함, 대상은 {} 자리의 새 워커"},
    {"{} after strike {:d}", "{1}번째 결함 뒤 {0}"},
    {"one end more than {} are allowed for: everything is ended", "{}까지만 허용되는데 한 번 더 종료됨: 모두 끝냄"},

    // proof of life, and what came of it
    {"who lives, to complete {} begun from now on", "살아 있는 워커에게: 지금부터 시작하여 {} 더 마칠 것"},
    {"{:w}, {}, check holds", "{}, {}, 검사 맞음"},
    {"{:w}, {}, CHECK FAILS", "{}, {}, 검사 어긋남"},
    {"{:w}, which owes an answer", "{}, 응답해야 하는데 깨어나지 않음"},
    {"the window of {} ended", "관찰 시간 {} 끝남"},
    {"the fate of every sibling was certain", "형제 워커의 결과가 모두 확정됨"},
    {"every process was reaped", "모든 프로세스를 회수함"},
    {"{:d} of {} survived, as predicted ({})", "{1} 가운데 {0}개 생존, 예측대로 ({2})"},
    {"{:d} of {} survived ({}); NOT as predicted: {:d} were to survive ({})",
     "{1} 가운데 {0}개 생존 ({2}); 예측과 다름: 예측은 {3}개 생존 ({4})"},
    {"cell-mates {:w}, earlier hosts {:w}, later hosts {:w}", "같은 호스트 {}, 앞 호스트 {}, 뒤 호스트 {}"},
    {"earlier hosts {:w}, later hosts {:w}", "앞 호스트 {}, 뒤 호스트 {}"},
    {"{:d} intact, {}", "온전 {}, {}"},
    {"{:d} contaminated, {}", "오염 {}, {}"},
    {"{:d} degraded, {}", "성능 저하 {}, {}"},
    {"{:d} stalled, {}", "멈춤 {}, {}"},
    {"{:d} corrupted, {}", "손상 {}, {}"},
    {"{:d} intact", "온전 {}"},

    // how fast it is played again
    {"1/{:d} speed", "1/{}배속"},
    {"{:w}x speed", "{}배속"},

    // counts
    {"all {:d} hosts", "호스트 {}개 모두"},
    {"{:d} host", "호스트 {}개"},
    {"{:d} hosts", "호스트 {}개"},
    {"{:d} op", "연산 {}회"},
    {"{:d} ops", "연산 {}회"},
    {"{:d} restart", "재시작 {}회"},
    {"{:d} restarts", "재시작 {}회"},
};

} // namespace

std::span<const Translation> trials()
{
    return rows;
}

} // namespace bulkhead::texts
