#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    // The periodic table of faults.
    {"Faults by shape. Each cell is painted by the worst that befell a sibling of the victim, and says how many "
     "survived and whether that was predicted.",
     "구성별 결함. 칸의 색은 희생자의 형제 워커가 입은 가장 나쁜 피해이고, 몇이 살아남았는지와 예측대로였는지를 함께 "
     "보입니다."},
    {"some trials are inconclusive", "판정 보류 시행 있음"},
    {"siblings that survived, measured and predicted, in {} judged trials; seed {}",
     "살아남은 형제 워커의 측정과 예측, 판정한 시행 {}회; 시드 {}"},

    // The dial.
    {"For each fault the share of the siblings that were lost, from the shape whose workers are closest together to "
     "the one whose workers are furthest apart, beside the predicted share.",
     "결함마다 잃은 형제 워커의 비율을, 워커들이 가장 가까이 있는 구성부터 가장 멀리 떨어진 구성까지 예측한 비율과 "
     "나란히 "
     "보입니다."},
    {"share of the siblings that are not intact, mean over the trials; intervals by Clopper and Pearson with the "
     "trial as the unit",
     "온전하지 않은 형제 워커의 비율, 시행의 평균; 시행을 단위로 한 Clopper-Pearson 구간"},
    {"faults are summed up by family", "결함은 갈래별로 합침"},

    // The price.
    {"The price of isolation", "격리의 값"},
    {"For each shape the blast radius, where it was measured, and beside it what the shape costs while nothing is "
     "wrong.",
     "구성마다 피해 범위를 측정했으면 그것을, 그 옆에 아무 탈이 없을 때 그 구성이 치르는 값을 보입니다."},
    {"blast radius", "피해 범위"},
    {"start-up of the pool", "풀의 시작 시간"},
    {"memory for each worker", "워커마다 쓰는 메모리"},
    {"ops of the pool in a second", "풀의 초당 연산"},
    {"a message there and back", "메시지 왕복"},
    {"switch to another worker", "다른 워커로의 전환"},
    {"answer to a client", "클라이언트에 대한 응답"},
    {"blast radius: mean share of the siblings lost, over all faults, with its 90% interval; diamond: predicted; "
     "costs: medians of golden runs, with 90% intervals where there are runs enough; every scale begins at zero",
     "피해 범위: 모든 결함에서 잃은 형제 워커의 평균 비율과 90% 신뢰 구간; 마름모: 예측; 비용: 기준 실행의 중앙값, "
     "횟수가 충분하면 90% 신뢰 구간과 함께; 모든 눈금은 0에서 시작"},

    // Lifelines.
    {"A line for each worker along the time of one trial: its ops, the fault, who ended, and what became of "
     "everybody.",
     "시행 하나의 시간을 따라 워커마다 선 하나: 연산, 결함, 누가 끝났는지, 모두 어떻게 되었는지."},
    {"Lifelines: {} at {}", "생명선: {}, 구성 {}"},
    {"trial {} of {}", "시행 {}, 실험 {}"},
    {"host {}", "호스트 {}"},
    {"inconclusive: {}", "판정 보류: {}"},
    {"there are no siblings", "형제 워커가 없음"},
    {"{} of {} siblings survived, as predicted", "살아남은 형제 워커 {}/{}, 예측대로"},
    {"{} of {} siblings survived, which was not predicted", "살아남은 형제 워커 {}/{}, 예측과 다름"},
    {"noticed {} after the fault", "결함 뒤 {} 만에 감지"},
    {"given up", "포기"},
    {"window ended", "관찰 끝"},
    {"fates certain", "모두 확정"},
    {"ops, spread evenly between the moments at which they were counted", "연산, 센 순간들 사이에 고르게 그림"},
    {"its end was seen", "끝을 확인"},
    {"its replacement is ready", "대신할 워커가 준비됨"},
    {"{} more workers are not drawn", "워커 {}개는 그리지 않음"},

    // Memory.
    {"Memory of a pool {}", "풀의 메모리: {}"},
    {"A column for each worker, in the frame of its process; a row for each part of memory. One box over several "
     "workers is memory that all of them see.",
     "프로세스의 틀 안에 워커마다 한 열, 메모리의 부분마다 한 행. 여러 워커에 걸친 상자 하나는 그들 모두가 보는 "
     "메모리입니다."},
    {"launched by {}", "시작 방식: {}"},
    {"global data", "전역 데이터"},
    {"directory and umask", "디렉터리와 umask"},
    {"signal handlers", "시그널 핸들러"},
    {"semaphore undo list", "세마포어 되돌리기 목록"},
    {"kept by the kernel", "커널이 지니는 것"},
    {"cell-mates: {}", "같은 호스트: {}"},
    {"other hosts: {}", "다른 호스트: {}"},
    {"see it", "보임"},
    {"do not see it", "보이지 않음"},
    {"the same file", "같은 파일"},
    {"shared", "공유"},
    {"separate", "별개"},
    {"unknown", "알 수 없음"},
    {"{} of {} pairs", "{}/{} 쌍"},
    {"outer box: a write by one is seen by all inside (tested by writing); inner box: one mapping; dashed: the same "
     "page of the same file, read-only; dotted: unknown; {} of {} writes were seen in the writer's own memory",
     "바깥 상자: 하나가 쓰면 안의 모두에게 보임(직접 써서 확인); 안쪽 상자: 매핑 하나; 파선: 같은 파일의 같은 페이지, "
     "읽기 "
     "전용; 점선: 알 수 없음; 쓴 워커 자신의 메모리에서 확인된 쓰기 {}/{}"},
    {"{} KiB of memory for each worker (PSS)", "워커마다 메모리 {} KiB (PSS)"},

    // The report as Markdown.
    {"Upheld: the one expectation holds.", "성립: 하나 있는 기대가 맞습니다."},
    {"Upheld: all {} expectations hold.", "성립: 기대 {}개가 모두 맞습니다."},
    {"Refuted, {} of {} expectations: {}", "반증, 기대 {}/{}개: {}"},
    {"Inconclusive, {} of {} expectations: {}", "판정 보류, 기대 {}/{}개: {}"},
    {"No expectation is stated, so there is no verdict.", "기대가 적혀 있지 않으므로 판정이 없습니다."},
    {"This is one part of a campaign, and is not judged alone.", "실험 전체의 한 부분이므로 따로 판정하지 않습니다."},
    {"Nothing can be concluded: golden runs, in which nothing was done, lost workers: {}.",
     "아무 결론도 낼 수 없습니다. 결함을 일으키지 않은 기준 실행이 형제 워커를 잃었습니다: {}."},
    {"Every sibling ended as predicted in {} of {} trials with a fault.",
     "결함을 일으킨 시행 {}/{}회에서 형제 워커가 모두 예측대로 되었습니다."},
    {"{} of {} trials in {}, {} inconclusive.", "시행 {}/{}회, 걸린 시간 {}, 판정 보류 {}회."},
    {"{} were saved by a stop rule.", "중단 규칙으로 시행 {}회를 아꼈습니다."},
    {"**No success:** {}.", "**성공하지 못함:** {}."},
    {"Verdicts", "판정"},
    {"Siblings that survived", "살아남은 형제 워커"},
    {"Measured = as predicted; what is not as predicted has a ! and is strong.",
     "측정 = 예측대로; 예측과 다른 것에는 ! 표시가 있고 굵게 적었습니다."},
    {"figure", "측정값"},
    {"verdict", "판정"},
    {"expectation", "기대"},
    {"measured", "측정"},
    {"Medians, with their 90% intervals where there are trials enough",
     "중앙값. 시행이 충분하면 90% 신뢰 구간을 함께 적음"},
    {"Machine and program", "기계와 프로그램"},
    {"The experiment as it was run, with seed {}. Saved as {}, it is run again by:",
     "실행한 그대로의 실험이며 시드는 {}입니다. 다음 파일로 저장하면 아래 명령으로 다시 실행합니다: {}"},
    {"the worst of these trials", "가장 나쁜 시행"},
};

} // namespace

std::span<const Translation> pictures()
{
    return rows;
}

} // namespace bulkhead::texts
