#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    // how a process ended
    {"{} (si_code {} or {})", "{} (si_code {} 또는 {})"},
    {"{} (si_code {})", "{} (si_code {})"},
    {"its process ends: {}", "프로세스가 끝납니다: {}"},
    {"its thread ends and its process lives on; with the last thread the process ends too: {}",
     "스레드는 끝나고 프로세스는 계속 삽니다. 마지막 스레드가 끝나면 프로세스도 끝납니다: {}"},
    {"exited with code {:d}", "종료 코드 {}"},
    {"killed by {} (core dumped)", "{} 시그널로 죽음(코어 덤프)"},
    {"killed by {}", "{} 시그널로 죽음"},

    // guards
    {"{}, and what the fault left behind stays", "{}. 다만 결함이 뒤에 남긴 것은 그대로 있습니다"},
    {"with {:w} the victim {}", "{} 보호 장치가 있으면 희생자는 {}"},

    // what a channel shows to whom
    {"the next worker: {}", "다음 워커에게: {}"},
    {"the worker before it: {}", "앞 워커에게: {}"},
    {"the victim itself: {}", "희생자 자신에게: {}"},
    {"{:w} by {:w}, {}", "{1}: {0}, {2}"},
    {"{:w} by {:w}", "{1}: {0}"},

    // counts
    {"{:d} sibling", "형제 워커 {}개"},
    {"{:d} siblings", "형제 워커 {}개"},
    {"{:d} trial", "시행 {}회"},
    {"{:d} trials", "시행 {}회"},
    {"{:d} worker", "워커 {}개"},
    {"{:d} workers", "워커 {}개"},
    {"{:d} golden run", "기준 실행 {}회"},
    {"{:d} golden runs", "기준 실행 {}회"},

    // why a verdict is what it is: siblings
    {"{:d} of {} lost in {} ({}: at most {} of trials lose one)",
     "{1} 가운데 {0}개를 잃음: {2} ({3}: 하나라도 잃는 시행은 많아야 {4})"},
    {"{:d} of {} lost in {} ({}: at most {} of trials spare one)",
     "{1} 가운데 {0}개를 잃음: {2} ({3}: 하나라도 살아남는 시행은 많아야 {4})"},
    {"{:d} of {} had another outcome than {:w} in {} ({}: at most {} of trials have another)",
     "{1} 가운데 {0}개의 결과가 다름({2} 아님): {3} ({4}: 하나라도 결과가 다른 시행은 많아야 {5})"},
    {"{:d} of {} had another outcome than {:w} in {} ({}: at most {} of trials have one)",
     "{1} 가운데 {0}개의 결과가 다름({2} 아님): {3} ({4}: 하나라도 그런 결과인 시행은 많아야 {5})"},
    {"{:d} of {} lost, in {:d} of {}", "{1} 가운데 {0}개를 잃음: {3} 가운데 {2}회"},
    {"{:d} of {} survived, in {:d} of {}", "{1} 가운데 {0}개가 살아남음: {3} 가운데 {2}회"},
    {"{:d} of {} had another outcome than {:w}, in {:d} of {}",
     "{1} 가운데 {0}개의 결과가 다름({2} 아님): {4} 가운데 {3}회"},
    {"{:d} of {} had the outcome {:w}, in {:d} of {}", "{1} 가운데 {0}개의 결과가 {2}: {4} 가운데 {3}회"},
    {"a sibling ended otherwise than predicted in {:d} of {} ({:d} of {} survived)",
     "{1} 가운데 {0}회에서 예측과 달라진 형제 워커가 있음 ({3} 가운데 {2}개 생존)"},
    {"every sibling ended as predicted in {:d} of {} ({}: at most {} of trials differ)",
     "{1} 가운데 {0}회에서 모든 형제 워커가 예측대로 됨 ({2}: 예측과 다른 시행은 많아야 {3})"},

    // the victim's end
    {"the victim's end was another in {:d} of {}: {}", "{1} 가운데 {0}회에서 희생자의 끝이 다름: {2}"},
    {"the victim ended so in {:d} of {} ({}: at most {} of trials differ)",
     "{1} 가운데 {0}회에서 희생자가 그렇게 끝남 ({2}: 다르게 끝나는 시행은 많아야 {3})"},

    // shares of siblings
    {"the mean share of {} is {} in {} ({}: {}; {}: {}), which does not decide",
     "{2}에서 {0}의 평균 비율 {1} ({3}: {4}; {5}: {6}), 이것으로는 판정할 수 없음"},
    {"the mean share of {} is {} in {} ({}: {})", "{2}에서 {0}의 평균 비율 {1} ({3}: {4})"},
    {"siblings with the outcome {:w}", "결과가 {}인 형제 워커"},
    {"sibling with the outcome {:w}", "결과가 {}인 형제 워커"},
    {"{} without a {} support at most {:w} {}, and no number of them is enough: claim {} = \"{}\" instead",
     "{0}에서 {1} 없음, 이로써 말할 수 있는 것은 많아야 {2} {3}; 시행을 아무리 늘려도 모자람: 대신 {4} = \"{5}\""},
    {"{} without a {} support at most {:w} {}; {:d} needed",
     "{0}에서 {1} 없음, 이로써 말할 수 있는 것은 많아야 {2} {3}; 필요한 시행 {4}회"},

    // figures
    {"the least of {} beside that of {}: at least {:d} trials of each are needed, and values above 0",
     "{0}의 최솟값과 {1}의 최솟값을 견줌: 각각 시행 {2}회 이상이 필요하며, 값은 0보다 커야 함"},
    {"the least of {} is {}, and of {} {} {:w}: the ratio is {:w}", "{0}의 최솟값 {1}, {2}의 최솟값 {3} {4}: 비율 {5}"},
    {"the {:w} of {} is {}, of too few trials for {}: at least {:d} are needed",
     "{1}의 {0} {2}, {3} 계산에는 시행이 모자람: {4}회 이상 필요"},
    {"the {:w} of {} is {} ({}), which does not decide", "{1}의 {0} {2} ({3}), 이것으로는 판정할 수 없음"},
    {"the {:w} of {} is {} ({})", "{1}의 {0} {2} ({3})"},
    {"the {:w} of {} is {}", "{1}의 {0} {2}"},
    {"{} beside {}: the ratio of the medians is none, for what it is held against is not above 0",
     "{0} 대 {1}: 견줄 값이 0보다 크지 않아 중앙값의 비율이 없음"},
    {"{} beside {}: the ratio of the medians is {:w}, of too few trials for an interval: at least 5 are needed, and "
     "values above 0",
     "{0} 대 {1}: 중앙값의 비율 {2}, 구간을 구하기에는 시행이 모자람: 5회 이상 필요하며, 값은 0보다 커야 함"},
    {"{} beside {}: the ratio of the medians is {:w} ({}), which does not decide",
     "{0} 대 {1}: 중앙값의 비율 {2} ({3}), 이것으로는 판정할 수 없음"},
    {"{} beside {}: the ratio of the medians is {:w} ({})", "{0} 대 {1}: 중앙값의 비율 {2} ({3})"},
    {"{} on each side: {} to {}", "양쪽 {}: {} ~ {}"},
    {"no trial of these cells has the figure {}", "이 칸들의 시행에는 수치 {} 없음"},
    {"no trial of the other cells has the figure {}", "견줄 칸들의 시행에는 수치 {} 없음"},
    {"{:d} of {} have no {:w}", "{1} 가운데 {0}회에 {2} 값이 없음"},
    {"other programs took {} of the processor time that {} could have had (median of {})",
     "다른 프로그램이 가져간 프로세서 시간: {1} 구성이 쓸 수 있었을 시간의 {0} ({2}의 중앙값)"},

    // why there is none
    {"control arm failed: {} lost in {} of {}, though nothing was done to them",
     "대조군 실패: {2}의 {1}에서 아무 일도 하지 않았는데 {0} 상실"},
    {"control arm failed: {:d} of {} of {} could not be judged: {}",
     "대조군 실패: {2}의 {1} 가운데 {0}회를 판정할 수 없었음: {3}"},
    {"no golden run of {} was made: there is no control arm", "{}의 기준 실행이 없음: 대조군 없음"},
    {"{:d} of {} could not be judged: {}", "{1} 가운데 {0}회를 판정할 수 없었음: {2}"},
    {"{:d} of {} not run", "{1} 가운데 {0}회를 실행하지 않음"},
    {"there is no sibling in {:w} to speak of", "{} 구성에는 형제 워커가 없음"},
    {"{}, and the rest might have refuted it", "{}, 나머지가 반증했을 수도 있음"},
    {"skipped on this machine: {}", "이 시스템에서는 건너뜀: {}"},
    {"of all its cells together: {}", "모든 칸을 합하여: {}"},

    // sequential tests
    {"the sequential test ({} at most {}, or at least {}) has not decided in {}",
     "순차 검정({0} {1} 이하 또는 {2} 이상)이 {3}까지 판정하지 못함"},
    {"sequential test: the {} is at least {} rather than at most {}, for it was {} in {} (wrong about {} of the "
     "time)",
     "순차 검정: {4}에서 {0} {3}, 따라서 {2} 이하가 아니라 {1} 이상 (틀릴 확률 약 {5})"},
    {"sequential test: the {} is at most {} rather than at least {}, for it was {} in {} (wrong about {} of the "
     "time)",
     "순차 검정: {4}에서 {0} {3}, 따라서 {2} 이상이 아니라 {1} 이하 (틀릴 확률 약 {5})"},
    {"share of trials in which each sibling has the outcome {:w}", "모든 형제 워커의 결과가 {}인 시행의 비율"},
    {"share of trials in which no sibling has the outcome {:w}", "결과가 {}인 형제 워커가 없는 시행의 비율"},
    {"mean share of siblings with the outcome {:w}", "결과가 {}인 형제 워커의 평균 비율"},

    // what an expectation speaks of, and says
    {"{}, at {} confidence", "{}, 신뢰 수준 {}"},
    {"{} {:w} {:w} times that of {}", "{0} {1} {3}의 {2}배"},
    {"victim = {} or {}", "victim = {} 또는 {}"},
    {"every shape, {}", "모든 구성, {}"},
    {"{}, every fault: {}", "{}, 모든 결함: {}"},
    {"{}, every fault", "{}, 모든 결함"},
    {"{}, supervised {}", "{}, 감독 {}"},
    {"{}, lock {}", "{}, 잠금 {}"},
    {"{}, channel {}", "{}, 채널 {}"},
    {"{}, delivery {}", "{}, 전달 {}"},

    // and the pieces that all of these are made of
    {"at least {:w}", "{} 이상"},
    {"at most {:w}", "{} 이하"},
    {"{:w} with {}", "{} ({})"},
    {"{} in {:d}, {}", "{} {}회, {}"},
    {"{} in {:d}", "{} {}회"},
    {"{}: {}", "{}: {}"},
    {"{} and {:w}", "{}, {}"},
};

} // namespace

std::span<const Translation> sentences()
{
    return rows;
}

} // namespace bulkhead::texts
