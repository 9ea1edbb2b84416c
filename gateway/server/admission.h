#pragma once
// How many connections there are, in all, per address and per channel: the door's bounds.

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "gateway/base/limits.h"
#include "gateway/document/digest.h"

namespace gateway::server {

/// Counts connections. Thread-safe. A Ticket is one connection's place and gives it back.
class Admission {
  public:
    enum class Verdict { Admitted, TooMany, TooManyFromAddress };

    explicit Admission(const base::Limits& limits) : limits_(limits) {}

    class Ticket {
      public:
        Ticket(Admission& admission, std::string address);
        ~Ticket();
        Ticket(const Ticket&) = delete;
        Ticket& operator=(const Ticket&) = delete;
        [[nodiscard]] Verdict verdict() const noexcept { return verdict_; }
        /// Counts the connection to its channel too; false when the channel has too many. Once.
        [[nodiscard]] bool joinChannel(const document::Digest& fingerprint);

      private:
        Admission& admission_;
        std::string address_;
        document::Digest channel_;
        bool counted_ = false, joined_ = false;
        Verdict verdict_ = Verdict::Admitted;
    };

  private:
    const base::Limits& limits_;
    std::mutex mutex_;
    std::size_t total_ = 0;
    std::map<std::string, std::size_t> byAddress_;
    std::map<document::Digest, std::size_t> byChannel_;
};

}  // namespace gateway::server
