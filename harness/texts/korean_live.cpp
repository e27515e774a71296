#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    // what there is to understand at a moment of a trial
    {"{} processes with one worker each: separate memory, and each has an end of its own. The kernel keeps them apart.",
     "프로세스 {}개에 워커가 하나씩 있습니다. 메모리도 따로, 끝나는 것도 따로입니다. 커널이 이들을 갈라놓습니다."},
    {"One process with {} workers, which are its threads: one memory, one set of descriptors, and one end for all.",
     "프로세스 하나에 워커 {}개가 스레드로 있습니다. 메모리도 서술자 테이블도 하나이고, 끝날 때도 다 함께입니다."},
    {"{} processes with {} threads each: who is in one process shares its memory, and its end. Between processes the "
     "kernel keeps them apart.",
     "프로세스 {}개에 스레드가 {}개씩 있습니다. 한 프로세스 안에서는 메모리도 끝도 함께하고, 프로세스 사이는 커널이 "
     "갈라놓습니다."},
    {"A golden run: the same trial without the fault. Whoever is lost here was lost by the harness, and then nothing "
     "is "
     "concluded.",
     "기준 실행: 결함 없이 하는 같은 시행입니다. 여기서 워커를 잃으면 하니스 탓이므로 아무 결론도 내리지 않습니다."},
    {"Every worker works, and its check holds. Only now may the fault come: else a loss would prove nothing.",
     "모든 워커가 일하고 있고 검사도 맞습니다. 결함은 이제야 일으킵니다. 그러지 않으면 워커를 잃어도 증명되는 것이 "
     "없습니다."},
    {"The supervisor launches others in the place of those that have ended: {}.",
     "감독자가 종료된 호스트의 자리에 새 호스트를 시작합니다: {}."},
    {"To live is not enough: whoever is left must complete {} more ops, begun from now on, and their result must be "
     "right. Who does not answer is lost.",
     "살아 있는 것만으로는 부족합니다. 남은 워커는 지금부터 연산 {}회를 더 마쳐야 하고 결과도 맞아야 합니다. 답하지 "
     "않는 워커는 잃은 것으로 봅니다."},
    {"Whoever is left is told to stop, and reaped.", "남은 호스트를 끝내고 모두 회수합니다."},

    // the parts of a trial, and the same for little room
    {"launch", "호스트 시작"},
    {"steady state", "정상 상태"},
    {"noticing", "감지"},
    {"repair", "복구"},
    {"proof of life", "생존 증명"},
    {"teardown", "정리"},
    {"start", "시작"},
    {"seen", "감지"},
    {"proof", "증명"},
    {"end", "끝"},

    // how it is with a worker, and the signs for it
    {"starting", "시작 중"},
    {"works", "일함"},
    {"works anew", "다시 일함"},
    {"silent", "응답 없음"},
    {"ended", "종료"},
    {"FAULT", "결함!"},
    {" ... and {} more", " ... 그 밖에 {}개"},
    {"op", "연산"},
    {"end seen", "종료 감지"},
    {"has proven that it works", "일한다고 증명함"},

    // what stands around it
    {"trial {}: golden run at {}", "시행 {}: {} 구성의 기준 실행"},
    {"trial {}: {} at {}", "시행 {0}: {2} 구성, {1}"},
    {"{}, running now", "{}, 지금 실행 중"},
    {"paused", "일시 정지"},
    {"q quit  n next  space pause  s slow  f fast", "q 끝  n 다음  space 멈춤  s 느림  f 빠름"},
    {"q quit  n next", "q 끝  n 다음"},
};

} // namespace

std::span<const Translation> live()
{
    return rows;
}

} // namespace bulkhead::texts
