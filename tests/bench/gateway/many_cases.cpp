#include "tests/bench/gateway/many_cases.h"

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "gateway/base/ids.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/bench/gateway/client.h"
#include "tests/scenario/support/facts.h"

namespace gateway::bench {
namespace {

constexpr std::size_t kThreads = 256;
constexpr std::size_t kProvinces = 34;
constexpr std::size_t kQuestions = 3000;
constexpr double kBudget = 10;
const std::string kNumber = "777001/2026/HC-ST";

std::string numberOf(std::size_t n) { return std::to_string(n) + "/2026/HC-ST"; }

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

struct Original {
    store::MessageRecord message;
    store::CaseRecord record;
};

// Every 34th copy stays in the original's province; the others are elsewhere and never asked for.
store::Acceptance copyOf(const Original& original, std::size_t n) {
    const std::string caseId = original.record.caseId + "-" + std::to_string(n);
    const auto renamed = [&](const std::string& text) {
        return replaced(replaced(text, original.record.caseId, caseId), kNumber, numberOf(n));
    };
    store::Acceptance copy;
    auto& m = copy.message = original.message;
    m.messageId = "copy-" + std::to_string(n);
    m.receiptId = "rcp-" + m.messageId;
    m.body = "copy " + std::to_string(n);  // questions do not read it
    m.bodySha256 = document::sha256(m.body).hex();
    m.receipt = m.receipt.substr(0, 64);
    m.events = renamed(m.events);
    m.caseId = caseId;
    m.caseVersion = 1;
    m.entrySha256 = store::entryHash(m);
    auto c = original.record;
    c.caseId = caseId;
    c.number = numberOf(n);
    c.snapshot = renamed(c.snapshot);
    if (const std::size_t elsewhere = n % kProvinces; elsewhere != 0) {
        const auto place = std::to_string(elsewhere);
        c.province = "VN-X" + place;
        c.court = c.firstInstanceCourt = "TA." + place;
        for (auto& agency : c.agencies) agency.agency += "." + place;
    }
    copy.newAliases = {{c.court, c.number, c.issuedOn}};
    copy.caseAfter = std::move(c);
    return copy;
}

Original originalIn(store::sqlite::SqliteStore& store) {
    store::CaseFilter filter;
    filter.number = kNumber;
    const auto found = store.cases().select(filter, "", 1);
    if (found.empty()) throw std::runtime_error("the original case is not stored");
    Original original;
    original.record = store.cases().find(found.front().caseId).value();
    original.message = store.cases().messagesOf(original.record.caseId).front();
    return original;
}

void fill(const std::filesystem::path& file, std::size_t cases) {
    const base::SystemClock clock;
    base::Limits limits;
    limits.commitBatch = kThreads;
    const auto store = store::sqlite::SqliteStore::open(file, limits, clock);
    const auto original = originalIn(*store);
    const auto start = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < kThreads; ++t)
            threads.emplace_back([&, t] {
                for (std::size_t n = 1 + t; n < cases; n += kThreads)
                    static_cast<void>(store->ledger().accept(copyOf(original, n)));
            });
    }
    std::size_t stored = 0;
    for (const auto& row : store->cases().count({})) stored += static_cast<std::size_t>(row.cases);
    std::printf("%zu cases stored, %.0f s\n", stored,
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    if (stored < cases) throw std::runtime_error("some copies were not stored");
}

std::vector<Prepared> questions(const scenario::Agency& asker, std::size_t cases, Form form) {
    std::vector<Prepared> load;
    for (std::size_t i = 0; i < kQuestions; ++i) {
        const auto n = kProvinces *
                       (1 + static_cast<std::size_t>(base::randomBelow((cases - 1) / kProvinces)));
        Prepared one;
        one.message = asker.message(scenario::questionFor(numberOf(n)));
        one.sent = form == Form::Xml ? asker.xml(one.message) : asker.json(one.message);
        one.request = requestOf("/v1/queries", one.sent);
        load.push_back(std::move(one));
    }
    return load;
}

}  // namespace

void measureQuestions(scenario::World& world, std::size_t cases) {
    const scenario::Agency court(world, scenario::kCourt);
    if (court.send(scenario::transferOf(kNumber)).verdict() != "accepted")
        throw std::runtime_error("the original was not accepted");
    if (world.stop() != 0) throw std::runtime_error("the gateway did not end well");
    fill(world.storeFile(), cases);
    if (!world.start()) throw std::runtime_error("the gateway does not start: " + world.log());
    const scenario::Agency procuracy(world, scenario::kProcuracy);
    for (const Form form : {Form::Xml, Form::Json})
        for (const std::size_t connections : {1U, 4U}) {
            const auto load = questions(procuracy, cases, form);
            const auto figures = send(world, load, connections, scenario::kProcuracy);
            std::printf(
                "%s %zu connections: %5.0f answers/s  p50 %6.2f  p99 %6.2f ms  CPU %4.0f us",
                form == Form::Xml ? "XML " : "JSON", connections, figures.rate(),
                figures.percentile(0.5), figures.percentile(0.99), figures.gatewayCpu);
            if (connections == 1)
                std::printf("; budget %.0f: %s", kBudget,
                            figures.percentile(0.99) <= kBudget ? "within" : "OVER");
            std::printf("\n");
            std::fflush(stdout);
        }
}

}  // namespace gateway::bench
