#include "gateway/server/wire/guarded_socket.h"

#include <algorithm>
#include <array>

namespace gateway::server {
namespace {

constexpr std::size_t kReadSize = 16 * 1024;
// Memory is asked for in steps, so that a promised length costs no more than what came of it.
constexpr std::size_t kRoomStep = 256 * 1024;
using Clock = std::chrono::steady_clock;

base::Problem brokenHead(HeadScan scan) {
    if (scan == HeadScan::TooLarge) return base::Problem(base::ErrorCode::HTTP_HEAD_TOO_LARGE);
    return base::Problem(base::ErrorCode::HTTP_MALFORMED)
        .with("reason", "line ends or control characters");
}

}  // namespace

GuardedSocket::GuardedSocket(TimedSocket& socket, const base::Limits& limits, bool headMethod) :
    socket_(socket),
    limits_(limits),
    bounds_{limits.requestHeadBytes, limits.requestHeaderCount, limits.requestBodyBytes,
            headMethod} {}

IoStatus GuardedSocket::more(Deadline deadline, bool idle) {
    std::array<char, kReadSize> chunk;
    const IoCount got = socket_.read(chunk.data(), chunk.size(), deadline, idle);
    if (got.status == IoStatus::Ok) buffer_.append(chunk.data(), got.bytes);
    return got.status;
}

bool GuardedSocket::awaitHead(std::chrono::milliseconds idle) {
    return !buffer_.empty() || more(Clock::now() + idle, true) == IoStatus::Ok;
}

GuardedSocket::NextHead GuardedSocket::nextHead() {
    NextHead next;
    const Deadline deadline = Clock::now() + limits_.requestTimeout;
    std::size_t seen = 0;
    for (;;) {
        const HeadEnd end = findHeadEnd(buffer_, seen, bounds_);
        if (end.scan == HeadScan::Complete) {
            next.raw.assign(buffer_, 0, end.length);
            buffer_.erase(0, end.length);
            auto judged = judgeHead(next.raw, bounds_);
            next.kind = judged.ok() ? NextHead::Kind::Head : NextHead::Kind::Refused;
            if (judged.ok())
                next.head = *judged;
            else
                next.problem = judged.error();
            return next;
        }
        if (end.scan != HeadScan::Incomplete) {
            next.kind = NextHead::Kind::Refused;
            next.problem = brokenHead(end.scan);
            next.raw = buffer_;
            return next;
        }
        seen = buffer_.size();
        const IoStatus status = more(deadline, false);
        if (status == IoStatus::TimedOut) {
            next.kind = NextHead::Kind::Refused;
            next.problem = base::Problem(base::ErrorCode::HTTP_TIMEOUT);
            next.raw = buffer_;
            return next;
        }
        if (status != IoStatus::Ok) return next;
    }
}

GuardedSocket::Body GuardedSocket::readBody(std::size_t length, const Room& room) {
    Body body;
    Pace pace(limits_.requestTimeout, limits_.slowestBodyRate);
    std::size_t granted = 0;
    const auto isRefused = [&](std::size_t wanted) {
        if (!room || wanted <= granted) return false;
        const std::size_t part = std::min(kRoomStep, length - granted);
        if (auto problem = room(part)) {
            body.kind = Body::Kind::NoRoom;
            body.problem = std::move(*problem);
            return true;
        }
        granted += part;
        return false;
    };
    if (length > 0 && isRefused(1)) return body;
    const std::size_t buffered = std::min(length, buffer_.size());
    body.bytes.assign(buffer_, 0, buffered);
    buffer_.erase(0, buffered);
    while (body.bytes.size() < length) {
        // Room is taken as bytes arrive: a promised length alone costs us nothing.
        std::array<char, kReadSize> chunk;
        const std::size_t want = std::min(chunk.size(), length - body.bytes.size());
        if (isRefused(body.bytes.size() + want)) return body;
        const IoCount got = socket_.read(chunk.data(), want, pace.deadline());
        if (got.status == IoStatus::Ok) {
            pace.moved(got.bytes);
            body.bytes.append(chunk.data(), got.bytes);
            continue;
        }
        if (got.status == IoStatus::Failed || got.status == IoStatus::Stopped) return body;
        body.kind = Body::Kind::Incomplete;
        body.problem =
            base::Problem(got.status == IoStatus::TimedOut ? base::ErrorCode::HTTP_TIMEOUT
                                                           : base::ErrorCode::HTTP_BODY_INCOMPLETE);
        return body;
    }
    body.kind = Body::Kind::Whole;
    return body;
}

}  // namespace gateway::server
