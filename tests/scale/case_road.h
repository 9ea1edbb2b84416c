#pragma once
// One case on the product's own road: acts judged by the law, the clock between them, and what the
// store would be told of each. What is synthetic: bodies are not signed, and deliveries are closed.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/exchange/acts/case_acts.h"
#include "gateway/exchange/acts/case_clock.h"
#include "gateway/exchange/desk/bell.h"
#include "tests/scale/country.h"
#include "tests/support/bent_ledger.h"
#include "tests/support/memory_store.h"

namespace gateway::scale {

/// A clock that is put forward, never back.
class LifeClock final : public base::Clock {
  public:
    [[nodiscard]] base::Timestamp now() const override { return now_; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::time_point(now_.time_since_epoch());
    }
    void put(base::Timestamp now) { now_ = now; }

  private:
    base::Timestamp now_{};
};

/// What became of what was said.
struct Tally {
    std::map<std::string, std::int64_t> taken, refused;  ///< by type; by type and code
    std::int64_t clockWords = 0;
    void add(const Tally& other);
};

/// One thread.
class CaseRoad {
  public:
    CaseRoad(const Country& country, std::size_t number, Tally& tally);

    /// Says it at that time, after the clock has said what it has to say until then. False:
    /// refused.
    bool transfer(const std::string& court, model::Ruling ruling, base::Timestamp at);
    bool say(const std::string& sender, const std::string& type, const std::string& content,
             base::Timestamp at, std::vector<model::Attachment> files = {});
    void tickUntil(base::Timestamp until);

    [[nodiscard]] const model::CaseFile& file() const noexcept { return file_; }
    [[nodiscard]] const std::string& lastMessage() const noexcept { return lastMessage_; }
    [[nodiscard]] std::vector<store::Acceptance> taken() && { return std::move(taken_); }

  private:
    bool record(const std::string& sender, const std::string& type, const model::Payload& payload,
                const std::string& body, base::Timestamp at);
    [[nodiscard]] store::Acceptance acceptanceOf(const model::Act& act, const std::string& type,
                                                 const std::string& body,
                                                 const exchange::Decision& decision) const;

    const Country& country_;
    const std::string number_;
    Tally& tally_;
    base::Limits limits_;
    LifeClock clock_;
    support::MemoryStore store_;
    support::BentLedger ledger_;
    exchange::Bell bell_;
    exchange::CaseActs acts_;
    exchange::CaseClock ticking_;
    model::CaseFile file_;
    std::vector<store::Acceptance> taken_;
    std::string lastMessage_;
    int said_ = 0;
};

}  // namespace gateway::scale
