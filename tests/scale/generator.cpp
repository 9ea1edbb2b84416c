#include "tests/scale/generator.h"

#include <atomic>
#include <mutex>
#include <queue>
#include <thread>

#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "gateway/store/sqlite/rows/acceptance.h"

namespace gateway::scale {
namespace {

constexpr int kAtOnce = 20'000;  // messages to one commit

/// What is written to the file, in one long series of transactions.
class Filling {
  public:
    explicit Filling(const std::filesystem::path& file) :
        connection_(made(file), store::sqlite::Access::ReadWrite) {
        connection_.prepareForWriting();
        connection_.execute("PRAGMA synchronous = OFF");
        connection_.execute("PRAGMA cache_size = -1000000");
        connection_.execute("BEGIN");
    }
    void write(const store::Acceptance& acceptance) {
        const auto outcome = store::sqlite::acceptIn(connection_, acceptance);
        if (!std::holds_alternative<store::Stored>(outcome))
            throw base::Fault("not stored: " + acceptance.message.messageId);
        if (++written_ % kAtOnce == 0) turn();
    }
    void finish() {
        connection_.execute("COMMIT");
        connection_.checkpointAll();
    }
    [[nodiscard]] std::int64_t written() const noexcept { return written_; }

  private:
    static std::filesystem::path made(const std::filesystem::path& file) {
        const base::SystemClock clock;
        static_cast<void>(store::sqlite::SqliteStore::open(file, {}, clock));
        return file;
    }
    void turn() {
        connection_.execute("COMMIT");
        static_cast<void>(connection_.checkpoint());
        connection_.execute("BEGIN");
    }
    store::sqlite::Connection connection_;
    std::int64_t written_ = 0;
};

struct Later {
    bool operator()(const store::Acceptance& a, const store::Acceptance& b) const {
        const auto key = [](const store::Acceptance& one) {
            const auto& m = one.message;
            return std::tie(m.decidedAt, m.caseId, m.caseVersion);
        };
        return key(b) < key(a);
    }
};
using Pending = std::priority_queue<store::Acceptance, std::vector<store::Acceptance>, Later>;

// The day on which a ruling is issued: spread evenly over the years.
base::Date issuedOn(std::size_t number, std::size_t of) {
    const auto days = std::chrono::sys_days(kLastDay) - std::chrono::sys_days(kFirstDay);
    return base::dayAfter(kFirstDay,
                          static_cast<int>(static_cast<std::size_t>(days.count()) * number / of));
}

// Lives `from` to `to`, by all threads.
void live(const Country& country, const Plan& plan, std::size_t from, std::size_t to,
          Pending& pending, Tally& tally) {
    std::mutex mutex;
    std::atomic<std::size_t> next{from};
    const auto work = [&] {
        Tally own;
        for (auto n = next++; n < to; n = next++) {
            auto taken = Life(country, plan.seed, n, issuedOn(n, plan.rulings), own).live();
            const std::lock_guard lock(mutex);
            for (auto& one : taken) pending.push(std::move(one));
        }
        const std::lock_guard lock(mutex);
        tally.add(own);
    };
    std::vector<std::jthread> threads;
    for (unsigned t = 0; t < plan.threads; ++t) threads.emplace_back(work);
}

}  // namespace

Tally generate(const Country& country, const Plan& plan, const std::filesystem::path& file,
               const std::function<void(std::int64_t messages)>& progress) {
    Filling filling(file);
    Pending pending;
    Tally tally;
    const auto writeUntil = [&](base::Timestamp until) {
        while (!pending.empty() && pending.top().message.decidedAt < until) {
            filling.write(pending.top());
            pending.pop();
        }
    };
    // A part of the country at a time; what is recorded later waits for the parts to come.
    const std::size_t part = std::max<std::size_t>(1, plan.rulings / 240);
    for (std::size_t from = 0; from < plan.rulings; from += part) {
        const auto to = std::min(plan.rulings, from + part);
        live(country, plan, from, to, pending, tally);
        if (to < plan.rulings) writeUntil(base::vietnamMidnight(issuedOn(to, plan.rulings)));
        progress(filling.written());
    }
    writeUntil(base::Timestamp::max());
    filling.finish();
    return tally;
}

}  // namespace gateway::scale
