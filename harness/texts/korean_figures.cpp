#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    {"time from the launch until every worker had completed its first ops",
     "시작부터 모든 워커가 첫 연산들을 마칠 때까지 걸린 시간"},
    {"ops of the whole pool in a second, all workers at full speed", "모든 워커가 전속력일 때 풀 전체의 초당 연산 수"},
    {"share of the processor time which the pool could have had meanwhile, and which other programs took",
     "그동안 풀이 쓸 수 있었을 프로세서 시간 가운데 다른 프로그램이 가져간 비율"},
    {"the same after the fault, of those that still work", "결함 뒤에 아직 일하는 워커들의 초당 연산 수"},
    {"time from the fault until the supervisor knew of the victim's end",
     "결함부터 감독자가 희생자의 끝을 알 때까지 걸린 시간"},
    {"share of the siblings whose process ended by the very wait status of the victim's process, where that ended",
     "희생자의 프로세스가 끝났을 때, 프로세스가 바로 그 종료 상태로 끝난 형제 워커의 비율"},
    {"proportional set size (PSS) of the hosts, for each worker", "호스트들의 비례 집합 크기(PSS), 워커 하나당"},
    {"memory that would be free again if the hosts were gone, for each worker",
     "호스트들이 없어지면 비게 될 메모리, 워커 하나당"},
    {"transfers that the workers of the ledger completed", "장부의 워커들이 마친 이체 수"},
    {"changes of an account that another worker's change overwrote", "다른 워커의 갱신이 덮어써 버린 계좌 갱신 수"},
    {"how far the sum of the ledger's accounts is from what it was", "장부 계좌의 합계가 처음과 다른 정도"},
    {"half-done transfers that the next owner of the lock finished",
     "하다 만 것을 잠금의 다음 소유자가 마저 끝낸 이체 수"},
    {"transfers that the owner of the ledger did, and that their client was not told of",
     "장부의 소유자가 했으나 클라이언트는 통보받지 못한 이체 수"},
    {"messages that the workers of the ring had sent in all, or clients the owner of the ledger",
     "고리의 워커들, 또는 장부 소유자의 클라이언트들이 보낸 전체 메시지 수"},
    {"those of them that a receiver which still works had not got when it had waited for them",
     "그 가운데 아직 일하는 수신자가 기다렸는데도 받지 못한 것"},
    {"messages that came a second time", "두 번 온 메시지 수"},
    {"frames that were begun, and that nobody will finish", "시작되었으나 아무도 마치지 않을 프레임 수"},
    {"messages that came after a later one", "뒤의 것보다 늦게 온 메시지 수"},
    {"frames that the check of their receiver refused", "수신자의 검사에서 거부된 프레임 수"},
    {"messages that a flooding worker was ahead of its receiver when there was no more room",
     "메시지를 쏟아붓는 워커가 더 보낼 자리가 없을 때 수신자보다 앞서 있던 메시지 수"},
    {"1 when a channel showed the victim's neighbour what its kind is predicted to show, else 0",
     "채널이 희생자의 이웃에게 그 종류에 대해 예측한 것을 보여 주었으면 1, 아니면 0"},
    {"jobs whose result was told, and was the right one", "결과가 통보되었고 옳았던 작업의 수"},
    {"jobs whose effect was never done, and that are not handed out again",
     "효과가 반영되지 않았고 다시 맡기지도 않는 작업의 수"},
    {"jobs whose effect was done more than once", "효과가 두 번 이상 반영된 작업의 수"},
    {"jobs whose effect was done, whose result was never told, and that are not handed out again",
     "효과는 반영되었으나 결과가 통보되지 않았고 다시 맡기지도 않는 작업의 수"},
    {"jobs that waited to be handed out, and nobody was left to hand them to",
     "맡기기를 기다렸으나 맡을 워커가 남지 않은 작업의 수"},
    {"results that the supervisor's check refused", "감독자의 검사에서 거부된 결과의 수"},
    {"median time of a message there and one back, both workers on one processor",
     "두 워커가 한 프로세서에 있을 때 메시지 왕복 시간의 중앙값"},
    {"the same, not exceeded by 99 of 100", "같은 시간, 100회 가운데 99회가 넘지 않는 값"},
    {"what a message costs beyond its sending and its receiving: the switch to the other worker, on one processor",
     "메시지를 보내고 받는 것 말고 드는 비용: 한 프로세서에서 다른 워커로의 문맥 교환"},
    {"median time of the same by one word of shared memory each way, on two processors",
     "두 프로세서에서 방향마다 공유 메모리의 워드 하나로 주고받을 때 왕복 시간의 중앙값"},
    {"requests that clients outside the pool sent, at a constant rate whatever became of them",
     "풀 밖의 클라이언트들이 결과에 상관없이 일정한 속도로 보낸 요청 수"},
    {"those of them that got no right answer: all of the next five kinds",
     "그 가운데 옳은 답을 받지 못한 것: 다음 다섯 종류를 합한 것"},
    {"requests whose connection ended without an answer: whoever had read them was gone",
     "답 없이 연결이 끝난 요청 수: 요청을 읽은 쪽이 사라짐"},
    {"requests whose connection was reset: whoever had not read them was gone (ECONNRESET, EPIPE)",
     "연결이 재설정된 요청 수: 요청을 읽지 않은 쪽이 사라짐(ECONNRESET, EPIPE)"},
    {"requests that found nobody listening (ECONNREFUSED)", "듣는 쪽이 없었던 요청 수(ECONNREFUSED)"},
    {"requests that got an answer which is none to them", "자기 것이 아닌 답을 받은 요청 수"},
    {"requests that had no end for as long as their client waited", "클라이언트가 기다리는 동안 끝나지 않은 요청 수"},
    {"requests that were answered, but later after they were due than a client likes",
     "답은 받았으나 예정 시각부터 잰 시간이 클라이언트의 허용 시간을 넘은 요청 수"},
    {"the longest time in which no client got a right answer", "어느 클라이언트도 옳은 답을 받지 못한 가장 긴 시간"},
    {"the time without a right answer in which the fault fell", "결함이 일어난 때를 포함하는, 옳은 답이 없던 시간"},
    {"median time from when a request was due until its answer had come, of the answered",
     "답을 받은 요청에서 보낼 예정이던 때부터 답이 올 때까지 걸린 시간의 중앙값"},
    {"the longest time that a request went out after it was due: the load's own delay, not the pool's",
     "요청이 예정보다 늦게 나간 가장 긴 시간: 풀이 아니라 부하 발생기의 지연"},
    {"hosts that the supervisor launched in the place of others, in supervised trials with a fault",
     "결함이 있는 감독 시행에서 감독자가 다른 호스트를 대신하여 시작한 호스트 수"},
    {"those whose place had not been empty: the supervisor ended who was there",
     "그 가운데 자리가 비어 있지 않았던 것: 감독자가 있던 호스트를 끝냄"},
    {"time from the fault until every worker of the victim's replacement had completed its first ops; the longest, "
     "where it was committed several times",
     "결함부터 희생자를 대신한 호스트의 모든 워커가 첫 연산들을 마칠 때까지 걸린 시간, 여러 번 일어났으면 가장 긴 것"},
    {"ops that the workers which were down would have completed at their pace until they were replaced",
     "쓰러진 워커들이 대신할 워커가 올 때까지 제 속도로 마쳤을 연산 수"},
    {"share of the workers' time, from the first fault to the last repair, in which they were up",
     "첫 결함부터 마지막 복구까지 워커들의 시간 가운데 살아서 일한 비율"},
    {"1 when more restarts were called for than the supervisor may make, so that it ended the pool",
     "감독자에게 허락된 것보다 많은 재시작이 필요하여 풀을 끝냈으면 1"},
    {"share of workers whose code lies in a mapping of the program that can be executed",
     "코드가 프로그램의 실행 가능한 매핑에 놓인 워커의 비율"},
    {"share of workers whose global lies in a mapping of the program that can be written",
     "전역 변수가 프로그램의 쓰기 가능한 매핑에 놓인 워커의 비율"},
    {"share of workers whose heap state lies in [heap]", "힙 상태가 [heap]에 놓인 워커의 비율"},
    {"share of workers whose stack is [stack], which only a main thread's is",
     "스택이 [stack]인 워커의 비율(주 스레드만 해당)"},
    {"share of workers whose segment is a shared mapping of a file in memory",
     "세그먼트가 메모리 파일의 공유 매핑인 워커의 비율"},
    {"share of hosts that the kernel knows by an id of their own", "커널이 고유한 ID로 아는 호스트의 비율"},
    {"share of hosts whose state it tells, and that have not ended",
     "커널이 상태를 알려 주고 아직 끝나지 않은 호스트의 비율"},
    {"share of workers whose thread has a policy and a priority",
     "스레드에 스케줄링 정책과 우선순위가 있는 워커의 비율"},
    {"proportional set size of the hosts, for each worker", "호스트들의 비례 집합 크기(PSS), 워커 하나당"},
    {"resident set size of the hosts, for each worker: shared pages count in each",
     "호스트들의 상주 집합 크기(RSS), 워커 하나당: 공유 페이지는 저마다 셈"},
    {"threads of a host", "호스트의 스레드 수"},
    {"open descriptors of a host", "호스트가 연 서술자 수"},
    {"1 when a host that has ended and was not reaped still has its id",
     "끝났으나 회수되지 않은 호스트에게 아직 ID가 있으면 1"},
    {"1 when its state is that of a zombie, Z", "그 상태가 좀비(Z)이면 1"},
    {"address space that is left of a host that has ended and was not reaped",
     "끝났으나 회수되지 않은 호스트에 남은 주소 공간"},
    {"threads that the kernel still counts of it", "커널이 아직 그 호스트의 것으로 세는 스레드 수"},
    {"slots of its descriptor table", "그 서술자 테이블의 칸 수"},
    {"each op computes the next value of a sequence that the harness can check, so that a wrong one is seen; every "
     "other workload does this too",
     "연산마다 하니스가 검사할 수 있는 수열의 다음 값을 계산하므로 틀린 값이 드러납니다. 다른 작업 부하도 모두 이 "
     "일을 함께 합니다"},
    {"each op moves money between two accounts that all workers of a host have in common, or of the pool where it "
     "shares a segment; the sum must stay what it was",
     "연산마다 한 호스트의 워커들이(세그먼트를 공유하면 풀의 워커들이) 함께 쓰는 두 계좌 사이에서 돈을 옮깁니다. "
     "합계는 그대로여야 합니다"},
    {"each op computes for some microseconds on memory of the worker's own",
     "연산마다 워커 자신의 메모리에서 몇 마이크로초 동안 계산합니다"},
    {"each op maps memory, touches it and unmaps it, for which threads of one process wait for one another",
     "연산마다 메모리를 매핑하고 건드리고 해제합니다. 한 프로세스의 스레드들은 이 일에서 서로를 기다립니다"},
    {"each op adds to a counter of the worker's own, atomically; the counters of a host's workers lie in one cache "
     "line",
     "연산마다 워커 자신의 카운터에 원자적으로 더합니다. 한 호스트에 있는 워커들의 카운터는 한 캐시 라인에 놓입니다"},
    {"each op sends a numbered, checked message to the next worker of the pool, the last one's to the first, and "
     "takes what has come from the one before; over the channel that `channel` names",
     "연산마다 번호와 체크섬을 붙인 메시지를 풀의 다음 워커에게(마지막 워커는 첫 워커에게) 보내고, 앞 워커에게서 온 "
     "것을 받습니다. 채널은 `channel`이 정합니다"},
    {"the supervisor hands numbered jobs to the workers, one at a time to each, over a channel of its own, and "
     "checks the results; what `delivery` names decides whether a job of a dead worker is handed out again",
     "감독자가 번호를 매긴 작업을 워커마다 따로 있는 채널로 한 번에 하나씩 맡기고 결과를 검사합니다. 죽은 워커의 "
     "작업을 다시 맡길지는 `delivery`가 정합니다"},
    {"all workers accept connections on one loopback listener, and each op answers a request of clients outside the "
     "pool, which send them at a constant rate and note what they see",
     "모든 워커가 루프백 소켓 하나에서 연결을 받아들이고, 연산마다 풀 밖의 클라이언트가 보낸 요청 하나에 답합니다. "
     "클라이언트는 일정한 속도로 요청을 보내고 본 것을 적습니다"},
    {"as ledger, but the accounts are the first worker's alone: the others send it whole transfers, over the channel "
     "that `channel` names, and an op is done when its answer has come",
     "ledger와 같지만 계좌는 첫 워커만의 것입니다. 다른 워커들은 `channel`이 정한 채널로 이체를 통째로 보내고, 답이 "
     "오면 연산이 끝납니다"},
};

} // namespace

std::span<const Translation> figures()
{
    return rows;
}

} // namespace bulkhead::texts
