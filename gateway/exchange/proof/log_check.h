#pragma once
// Reads the log again in the background, so that damage is found before it is needed.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "gateway/base/clock.h"
#include "gateway/exchange/proof/receipt_audit.h"
#include "gateway/store/damage_report.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

struct LogCheckFigures {
    std::int64_t position = 0;  ///< of the message that was read last
    std::int64_t passes = 0;    ///< whole ones since the start
    std::optional<base::Timestamp> lastPass;
};

/// Walks messages (entry hash, body, readable events, no gap between positions), their receipts
/// (words and seal) and waiting items (digest) at a stated pace, over and over with a pause between
/// two passes, and tells DamageReport what does not hold. Never in anybody's way: the one reader
/// for walks, a beat is left out while writes queue up or the store is busy. It proves less than
/// `rebuild`, which also folds; what that needs, this does not know.
class LogCheck {
  public:
    struct Settings {
        std::size_t perSecond = 20;         ///< messages or items
        std::function<KnownSeals()> seals;  ///< asked for at the beginning of each pass
        std::function<bool()> others;       ///< whether others need the store more just now
    };

    LogCheck(store::Cases& cases, store::Outbox& outbox, store::DamageReport& damage,
             const base::Clock& clock, Settings settings);
    ~LogCheck();
    LogCheck(const LogCheck&) = delete;
    LogCheck& operator=(const LogCheck&) = delete;

    void start();
    void stop();
    /// One second's share; for the thread and for tests. True: a pass has ended with it.
    bool step();
    [[nodiscard]] LogCheckFigures figures() const;

  private:
    void loop();
    void judge(const store::MessageRecord& message);
    [[nodiscard]] std::size_t walkMessages();
    [[nodiscard]] bool walkItems(std::size_t most);

    store::Cases& cases_;
    store::Outbox& outbox_;
    store::DamageReport& damage_;
    const base::Clock& clock_;
    const Settings settings_;
    std::unique_ptr<ReceiptAudit> receipts_;  ///< none: a pass begins
    std::int64_t sequence_ = 0;
    std::atomic<std::int64_t> position_{0}, passes_{0};
    std::atomic<base::Timestamp> lastPass_{};  ///< 0: none
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace gateway::exchange
