#pragma once
// The door's inner leaf: releases one checked head and exactly its body, within stated times.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "gateway/base/limits.h"
#include "gateway/base/problem.h"
#include "gateway/server/wire/head_guard.h"
#include "gateway/server/wire/timed_socket.h"

namespace gateway::server {

/// Reads requests off one connection, one after another (so pipelining works). Nothing is ever
/// read as a head that belonged to an unread body: a refusal ends the connection.
/// One thread; the socket must outlive it.
class GuardedSocket {
  public:
    GuardedSocket(TimedSocket& socket, const base::Limits& limits, bool headMethod = false);

    struct NextHead {
        enum class Kind {
            Head,     ///< `raw` and `head` are set; read the body next
            Gone,     ///< nothing came: end of stream, silence, a stopping server, a reset
            Refused,  ///< `problem` is set; `raw` is what was received so far
        };
        Kind kind = Kind::Gone;
        std::string raw;
        Head head;
        base::Problem problem;
    };
    /// Waits up to `idle` for the first byte of a head; false: nothing came (Gone).
    [[nodiscard]] bool awaitHead(std::chrono::milliseconds idle);
    /// Then up to Limits::requestTimeout for the whole head.
    [[nodiscard]] NextHead nextHead();

    struct Body {
        enum class Kind {
            Whole,
            Gone,        ///< reset, or the server stops: nobody is there to answer
            Incomplete,  ///< `problem` is set: cut short or too slow; the peer may still listen
            NoRoom,      ///< `problem` is what `room` has said
        };
        Kind kind = Kind::Gone;
        std::string bytes;
        base::Problem problem;
    };
    /// Asked before each further part of a body is taken into memory; a problem ends the reading.
    using Room = std::function<std::optional<base::Problem>(std::size_t bytes)>;
    /// Exactly `length` bytes at Limits::slowestBodyRate, never more than requestTimeout behind.
    [[nodiscard]] Body readBody(std::size_t length, const Room& room = {});

  private:
    [[nodiscard]] IoStatus more(Deadline deadline, bool idle);
    TimedSocket& socket_;
    const base::Limits& limits_;
    HeadBounds bounds_;
    std::string buffer_;  ///< received and not yet released; at most one head and one read
};

}  // namespace gateway::server
