// Loads many invented cases and measures how long questions take among them.
//
//   bench_load_cases FILE [CASES = 1000000] [QUESTIONS = 20000]
//
// FILE is made if missing and filled up to CASES; a second run only measures. Prints p50, p99 and
// the worst of each kind of question; the budget is p99 <= 10 ms for one case.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string_view>
#include <thread>
#include <vector>

#include "gateway/base/ids.h"
#include "gateway/document/digest.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

using namespace gateway;
using namespace gateway::store;

namespace {

constexpr std::size_t kThreads = 1'000;  // as many as one commit takes here
constexpr int kCourts = 400;
constexpr int kProvinces = 34;
constexpr const char* kStages[] = {"transferred", "registered", "noticed", "in-progress",
                                   "completed"};

std::string padded(const char* prefix, std::size_t n, int width) {
    char text[48];
    std::snprintf(text, sizeof text, "%s%0*zu", prefix, width, n);
    return text;
}

std::string caseIdOf(std::size_t n) { return "case-" + document::sha256(std::to_string(n)).hex(); }
std::string courtOf(std::size_t n) { return padded("TA.", n * 7919 % kCourts, 3); }

CaseAlias aliasOf(std::size_t n) {
    return {courtOf(n), std::to_string(n) + "/2026/HC-ST",
            padded("2026-", 1 + n % 12, 2) + padded("-", 1 + n % 28, 2)};
}

Acceptance madeUp(std::size_t n) {
    Acceptance acceptance;
    MessageRecord& m = acceptance.message;
    m.agency = courtOf(n);
    m.messageId = padded("m-", n, 8);
    m.messageType = "JudgmentTransfer";
    m.channel = "channel-" + m.agency;
    m.signerSha256 = std::string(64, 'a');
    m.body = std::string(512, 'x') + m.messageId;  // short: questions do not read it
    m.bodySha256 = document::sha256(m.body).hex();
    m.contentSha256 = m.bodySha256;
    m.mediaType = "application/xml";
    m.receivedAt = m.decidedAt = base::Timestamp(std::chrono::milliseconds(1'795'000'000'000));
    m.caseId = caseIdOf(n);
    m.caseVersion = 1;
    m.events = "[" + std::string(600, ' ') + "]";
    m.receiptId = "rcp-" + m.messageId;
    m.receipt = std::string(512, 'r');
    m.receiptMediaType = "application/xml";
    m.entrySha256 = entryHash(m);
    CaseRecord c;
    const CaseAlias alias = aliasOf(n);
    c.caseId = m.caseId;
    c.version = 1;
    c.court = c.firstInstanceCourt = alias.court;
    c.province = padded("VN-", n % kProvinces, 2);
    c.number = alias.number;
    c.issuedOn = alias.date;
    c.stage = kStages[n * 31 % 5];
    c.snapshot = "{" + std::string(1200, ' ') + "}";
    c.agencies = {{alias.court, "court"},
                  {padded("THADS.", n % kProvinces, 2), "enforcement"},
                  {padded("H", n % 3'321, 4), "obligated"}};
    acceptance.caseAfter = c;
    acceptance.newAliases = {alias};
    return acceptance;
}

void load(sqlite::SqliteStore& store, std::size_t from, std::size_t cases) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t n = from + t; n < cases; n += kThreads) {
                (void)store.ledger().accept(madeUp(n));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("loaded %zu cases in %.1f s (%.0f a second)\n", cases - from, took.count(),
                static_cast<double>(cases - from) / took.count());
}

template <class Ask>
void measure(const char* what, std::size_t questions, const Ask& ask) {
    std::vector<double> milliseconds;
    std::size_t rows = 0;
    for (std::size_t n = 0; n < questions; ++n) {
        const auto start = std::chrono::steady_clock::now();
        rows += ask();
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                .count());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::printf("%-44s p50 %8.3f  p99 %8.3f  worst %8.3f ms  (%zu rows, %zu questions)\n", what,
                milliseconds[milliseconds.size() / 2], milliseconds[milliseconds.size() * 99 / 100],
                milliseconds.back(), rows, questions);
}

std::size_t argument(int count, char** values, int index, std::size_t otherwise) {
    if (count > index) {
        const std::string_view text = values[index];
        std::from_chars(text.data(), text.data() + text.size(), otherwise);
    }
    return otherwise;
}

void ask(sqlite::SqliteStore& store, std::size_t cases, std::size_t questions) {
    const auto any = [cases] { return static_cast<std::size_t>(base::randomBelow(cases)); };
    const auto select = [&](const CaseFilter& filter) {
        return store.cases().select(filter, "", 200).size();
    };
    measure("one case by id", questions,
            [&] { return store.cases().find(caseIdOf(any())) ? 1U : 0U; });
    measure("one case by alias", questions,
            [&] { return store.cases().findByAlias(aliasOf(any())) ? 1U : 0U; });
    measure("one case with history", questions, [&] {
        const std::string id = caseIdOf(any());
        return (store.cases().find(id) ? 1U : 0U) + store.cases().messagesOf(id).size();
    });
    measure("page by number, seen by two provinces", questions, [&] {
        CaseFilter filter;
        filter.number = aliasOf(any()).number;
        filter.visibleProvinces = {"VN-01", "VN-02"};
        return select(filter);
    });
    measure("page by court", 200, [&] {
        CaseFilter filter;
        filter.court = courtOf(any());
        return select(filter);
    });
    measure("page by committee", 200, [&] {
        CaseFilter filter;
        filter.committee = padded("H", any() % 3'321, 4);
        return select(filter);
    });
    measure("page of what a committee may see", 200, [&] {
        CaseFilter filter;
        filter.visibleTo = {{padded("H", any() % 3'321, 4), "obligated"}};
        return select(filter);
    });
    measure("page of what an enforcement office may see", 50, [&] {
        CaseFilter filter;
        filter.visibleTo = {{padded("THADS.", any() % kProvinces, 2), "enforcement"}};
        return select(filter);
    });
    measure("page of a province, by month and stage", 50, [&] {
        CaseFilter filter;
        filter.visibleProvinces = {padded("VN-", any() % kProvinces, 2)};
        filter.stage = "registered";
        filter.issuedFrom = "2026-03-01";
        filter.issuedUntil = "2026-03-31";
        return select(filter);
    });
    measure("counts of a province", 50, [&] {
        CaseFilter filter;
        filter.province = padded("VN-", any() % kProvinces, 2);
        return store.cases().count(filter).size();
    });
    measure("counts of the whole country", 5, [&] { return store.cases().count({}).size(); });
}

}  // namespace

int main(int count, char** values) {
    if (count < 2) {
        std::cerr << "usage: bench_load_cases FILE [CASES] [QUESTIONS]\n";
        return 2;
    }
    const std::size_t cases = argument(count, values, 2, 1'000'000);
    const std::size_t questions = argument(count, values, 3, 20'000);
    const base::SystemClock clock;
    base::Limits limits;
    limits.commitBatch = kThreads;
    const auto store = sqlite::SqliteStore::open(values[1], limits, clock);
    std::size_t present = 0;
    for (const StatisticsCount& row : store->cases().count({})) {
        present += static_cast<std::size_t>(row.cases);
    }
    if (present < cases) {
        // A load that was broken off may have left gaps near its end: those are tried again.
        load(*store, present - std::min(present, 10 * kThreads), cases);
    }
    ask(*store, cases, questions);
    return 0;
}
