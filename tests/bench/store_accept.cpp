// The store's own ceiling: how many messages a second become durable, and at what CPU cost.
//
//   bench_store_accept FOLDER [MESSAGES = 20000]
//
// For 1, 8 and 64 closed-loop callers: a 4 KiB message that moves a known case on and puts one
// item into the outbox, the most common work of the road.

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <thread>
#include <vector>

#include "gateway/store/sqlite/ports/sqlite_store.h"

using namespace gateway;
using namespace gateway::store;

namespace {

Acceptance next(std::size_t caller, std::int64_t version) {
    const std::string own = std::to_string(caller) + "-" + std::to_string(version);
    Acceptance acceptance;
    MessageRecord& m = acceptance.message;
    m.agency = "H01.5";
    m.messageId = "m-" + own;
    m.messageType = "StatusReport";
    m.channel = "channel";
    m.signerSha256 = m.contentSha256 = m.entrySha256 = std::string(64, 'a');
    m.bodySha256 = own + std::string(64 - own.size(), 'b');
    m.mediaType = "application/xml";
    m.body = std::string(4096, 'x');
    m.caseId = "case-" + std::to_string(caller);
    m.caseVersion = version + 1;
    m.mappingId = "committee/status";
    m.events = "[" + std::string(600, ' ') + "]";
    m.receiptId = "rcp-" + own;
    m.receipt = std::string(1500, 'r');
    CaseRecord c;
    c.caseId = m.caseId;
    c.version = version + 1;
    c.court = c.firstInstanceCourt = "TA.AG";
    c.province = "VN-44";
    c.number = "05/2026/HC-ST";
    c.issuedOn = "2026-09-15";
    c.stage = "in-progress";
    c.snapshot = "{" + std::string(1200, ' ') + "}";
    c.agencies = {{"H01.5", "obligated"}, {"TA.AG", "court"}};
    acceptance.caseAfter = c;
    acceptance.expectedVersion = version;
    OutboxItem item;
    item.itemId = "out-" + own;
    item.recipient = "TA.AG";
    item.caseId = m.caseId;
    item.content = "{" + std::string(600, ' ') + "}";
    acceptance.outbox = {item};
    return acceptance;
}

double cpuSeconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void run(const std::filesystem::path& folder, std::size_t callers, std::size_t messages) {
    const auto file = folder / ("accept-" + std::to_string(callers) + ".db");
    std::filesystem::remove(file);
    const base::SystemClock clock;
    const auto store = sqlite::SqliteStore::open(file, {}, clock);
    std::vector<std::vector<double>> times(callers);
    std::atomic<std::size_t> stored{0};
    const double cpu = cpuSeconds();
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (std::size_t caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            for (std::int64_t version = 0; version < static_cast<std::int64_t>(messages / callers);
                 ++version) {
                const Acceptance acceptance = next(caller, version);
                const auto before = std::chrono::steady_clock::now();
                stored += std::holds_alternative<Stored>(store->ledger().accept(acceptance));
                times[caller].push_back(std::chrono::duration<double, std::milli>(
                                            std::chrono::steady_clock::now() - before)
                                            .count());
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::vector<double> all;
    for (const auto& mine : times) {
        all.insert(all.end(), mine.begin(), mine.end());
    }
    std::sort(all.begin(), all.end());
    const auto count = static_cast<double>(stored);
    std::printf(
        "%3zu callers: %7.0f messages/s, %5.1f us CPU each, p50 %6.2f p99 %6.2f ms, "
        "%5.1f a commit\n",
        callers, count / took.count(), (cpuSeconds() - cpu) / count * 1e6, all[all.size() / 2],
        all[all.size() * 99 / 100], count / static_cast<double>(store->figures().commits));
}

}  // namespace

int main(int count, char** values) {
    if (count < 2) {
        std::cerr << "usage: bench_store_accept FOLDER [MESSAGES]\n";
        return 2;
    }
    std::size_t messages = 20'000;
    if (count > 2) {
        const std::string_view text = values[2];
        std::from_chars(text.data(), text.data() + text.size(), messages);
    }
    for (const std::size_t callers : {1U, 8U, 64U}) {
        run(values[1], callers, messages);
    }
    return 0;
}
