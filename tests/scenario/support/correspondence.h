#pragma once
// What partners have sent and what they hold in their hands, across crashes of the gateway.

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/scenario/support/town.h"

namespace gateway::scenario {

/// One message and the first receipt that came for it, if any came.
struct Letter {
    const Agency* sender = nullptr;
    std::string id;
    Signed sent;
    std::string receipt;
};

/// Sends until told to stop or until the gateway does not answer; remembers everything.
class Correspondence {
  public:
    explicit Correspondence(const Agencies& agencies) : agencies_(agencies) {}

    /// Starts `threads` senders; each plays the life of one ruling after another.
    void start(int threads);
    /// No new messages; waits for the senders.
    void stop();
    /// Sends everything again that has no receipt yet, and then everything: each acknowledged
    /// message must bring the same receipt, byte for byte. Says what was wrong, or "".
    [[nodiscard]] std::string settle();

    [[nodiscard]] std::size_t acknowledged() const;
    [[nodiscard]] std::size_t sent() const;
    [[nodiscard]] int refusedConnections() const { return silences_; }
    /// What was answered, but neither with a receipt nor with 503.
    [[nodiscard]] std::vector<std::string> strange() const;

  private:
    void play();
    [[nodiscard]] bool say(const Agency& sender, const model::Message& message, bool xml);
    void take(std::size_t index, const Reply& reply);

    const Agencies& agencies_;
    std::atomic<bool> stopping_{false};
    std::atomic<int> numbers_{0}, silences_{0};
    mutable std::mutex mutex_;
    std::vector<Letter> letters_;
    std::vector<std::string> strange_;
    std::vector<std::thread> threads_;
};

}  // namespace gateway::scenario
