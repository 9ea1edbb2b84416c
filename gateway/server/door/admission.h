#pragma once
// How many connections of registered channels there are, in all, per address and per channel, and
// which give way when there are too many.

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "gateway/base/limits.h"
#include "gateway/document/digest.h"

namespace gateway::server {

/// What a connection tells of itself while it lives. Called on its own thread.
class Presence {
  public:
    virtual ~Presence() = default;
    /// From now on it only waits for a next request.
    virtual void idle() = 0;
    /// A request has begun. False: the connection has given way and may serve this one only.
    [[nodiscard]] virtual bool busy() = 0;
};

/// Counts connections whose handshake is done. A channel may hold connectionsPerChannel, and no
/// more than are still free; beyond that, an idle connection of whichever channel holds the most,
/// if by two more than the newcomer's, gives way. Thread-safe; outlives its tickets.
class Admission {
  public:
    enum class Verdict : std::uint8_t { Admitted, TooMany, TooManyFromAddress, TooManyOfChannel };

    explicit Admission(const base::Limits& limits) : limits_(limits) {}

    /// One connection's place, given back at the end. `fd` is its socket, which outlives it: of a
    /// connection that gives way the reading half is shut, so that its wait ends.
    class Ticket final : public Presence {
      public:
        Ticket(Admission& admission, std::string address, const document::Digest& channel, int fd);
        ~Ticket() override;
        Ticket(const Ticket&) = delete;
        Ticket& operator=(const Ticket&) = delete;
        [[nodiscard]] Verdict verdict() const noexcept { return verdict_; }
        void idle() override;
        [[nodiscard]] bool busy() override;

      private:
        friend class Admission;
        Admission& admission_;
        const std::string address_;
        const document::Digest channel_;
        const int fd_;
        bool counted_ = false, idle_ = false;
        Verdict verdict_ = Verdict::Admitted;
    };

  private:
    [[nodiscard]] Verdict judge(const Ticket& ticket);
    [[nodiscard]] bool makeRoomFor(std::size_t held);
    void count(Ticket& ticket);
    void uncount(Ticket& ticket);

    const base::Limits& limits_;
    std::mutex mutex_;
    std::size_t total_ = 0;
    std::uint64_t turn_ = 0;
    std::map<std::string, std::size_t> byAddress_;
    std::map<document::Digest, std::size_t> byChannel_;
    std::map<std::uint64_t, Ticket*> idle_;  ///< in the order in which they became so
};

}  // namespace gateway::server
