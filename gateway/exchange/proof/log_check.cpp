#include "gateway/exchange/proof/log_check.h"

#include <utility>

#include "gateway/base/limits.h"
#include "gateway/base/log.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_events.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {
namespace {

using base::LogLevel;

constexpr std::chrono::seconds kBeat{1};

bool hasReadableEvents(const store::MessageRecord& message) {
    try {
        return !eventsOf(message).empty();
    } catch (const base::Fault&) {
        return false;
    }
}

}  // namespace

LogCheck::LogCheck(store::Cases& cases, store::Outbox& outbox, store::DamageReport& damage,
                   const base::Clock& clock, Settings settings) :
    cases_(cases),
    outbox_(outbox),
    damage_(damage),
    clock_(clock),
    settings_(std::move(settings)) {}

LogCheck::~LogCheck() { stop(); }

void LogCheck::start() {
    thread_ = std::thread([this] { loop(); });
}

void LogCheck::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void LogCheck::loop() {
    std::chrono::milliseconds pause = kBeat;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, pause, [this] { return stopping_; })) {
        lock.unlock();
        pause = kBeat;
        try {
            if (step()) pause = base::kCheckPause;
        } catch (const store::StoreBusy&) {
            // Others come first; the same again at the next beat.
        } catch (const store::StoreFault&) {
            return;  // told by whoever writes; the process ends
        } catch (const std::exception& error) {
            base::logEvent(LogLevel::Error, "log_check.fault", {{"reason", error.what()}});
            pause = base::kCheckPause;
        }
        lock.lock();
    }
}

bool LogCheck::step() {
    if (settings_.others && settings_.others()) return false;
    if (!receipts_) {
        receipts_ = std::make_unique<ReceiptAudit>(settings_.seals());
        position_ = 0;
        sequence_ = 0;
    }
    const auto walked = walkMessages();
    if (walked == settings_.perSecond || !walkItems(settings_.perSecond - walked)) return false;
    receipts_.reset();
    ++passes_;
    lastPass_ = clock_.now();
    return true;
}

std::size_t LogCheck::walkMessages() {
    std::size_t walked = 0;
    cases_.forEachMessage(position_, [&](const store::MessageRecord& message) {
        judge(message);
        return ++walked < settings_.perSecond;
    });
    return walked;
}

void LogCheck::judge(const store::MessageRecord& message) {
    const auto name = "message at position " + std::to_string(message.position) + ": ";
    if (message.position != position_ + 1)
        damage_.found("log: nothing between position " + std::to_string(position_) + " and " +
                      std::to_string(message.position));
    position_ = message.position;
    if (!store::entryHolds(message)) damage_.found(name + "its entry hash or body does not hold");
    if (!hasReadableEvents(message)) damage_.found(name + "no readable events");
    for (const auto& finding : receipts_->judge(message).findings) damage_.found(name + finding);
}

// False: there are more.
bool LogCheck::walkItems(std::size_t most) {
    std::size_t walked = 0;
    outbox_.forEachItem(sequence_, [&](const store::OutboxItem& item) {
        sequence_ = item.sequence;
        if (item.state < store::OutboxState::Delivered && !store::itemHolds(item))
            damage_.found("delivery " + item.itemId +
                          ": its content is no longer what was recorded");
        return ++walked < most;
    });
    return walked < most;
}

LogCheckFigures LogCheck::figures() const {
    const auto last = lastPass_.load();
    return {position_, passes_, last == base::Timestamp{} ? std::nullopt : std::optional(last)};
}

}  // namespace gateway::exchange
