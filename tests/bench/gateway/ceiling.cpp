#include "tests/bench/gateway/ceiling.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "gateway/app/client/own_identity.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/base/ids.h"
#include "gateway/exchange/acts/case_acts.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/mapping/binding.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/scenario/support/facts.h"

namespace gateway::bench {
namespace {

using Clock = std::chrono::steady_clock;

app::Config configOf(const std::filesystem::path& settings, const std::filesystem::path& store) {
    auto config = app::configFrom(app::layerSettings(settings, {}), settings);
    config.storeFile = store;
    return config;
}

}  // namespace

struct Ceiling::Parts {
    Parts(const std::filesystem::path& settings, const std::filesystem::path& file) :
        config(configOf(settings, file)),
        store(store::sqlite::SqliteStore::open(config.storeFile, config.limits, clock)),
        snapshot(app::loadSnapshot(config, clock, app::loadSeal(config, clock))),
        acts(config.identity, store->cases(), store->ledger(), config.limits) {}

    app::Config config;
    base::SystemClock clock;
    std::unique_ptr<store::sqlite::SqliteStore> store;
    exchange::SnapshotPtr snapshot;
    exchange::CaseActs acts;

    [[nodiscard]] trust::Verified verified(const Prepared& one) const;
    [[nodiscard]] store::Acceptance acceptanceOf(const Prepared& one, const trust::Verified& from,
                                                 const model::Act& act,
                                                 const exchange::Decision& decision) const;
    [[nodiscard]] exchange::Sealed receiptOf(const store::MessageRecord& m, Form form) const;
    void accept(const Prepared& one, Form form, Stages& spent);
    [[nodiscard]] double mapping(const std::vector<Prepared>& load) const;
};

trust::Verified Ceiling::Parts::verified(const Prepared& one) const {
    const auto* channel = snapshot->registry->channelById(std::string("ch-") + scenario::kCourt);
    auto result =
        snapshot->verifier.verify({one.sent.body, one.sent.mediaType, ""}, *channel, clock.now());
    if (!result) throw std::runtime_error("not verified: " + base::render(result.error()).en);
    return std::move(result).value();
}

store::Acceptance Ceiling::Parts::acceptanceOf(const Prepared& one, const trust::Verified& from,
                                               const model::Act& act,
                                               const exchange::Decision& decision) const {
    store::Acceptance acceptance;
    auto& m = acceptance.message;
    m.agency = act.actor;
    m.messageId = act.messageId;
    m.messageType = "JudgmentTransfer";
    m.channel = std::string("ch-") + scenario::kCourt;
    m.signerSha256 = from.signerCertificate->fingerprint().hex();
    m.bodySha256 = document::sha256(one.sent.body).hex();
    m.contentSha256 = act.contentSha256;
    m.mediaType = one.sent.mediaType;
    m.body = one.sent.body;
    m.receivedAt = m.decidedAt = act.recordedAt;
    m.caseId = decision.caseId;
    m.mappingId = "case-model-json/judgment-transfer";
    m.mappingSha256 = m.rulesSha256 = snapshot->reference->digest().hex();
    m.events = exchange::eventsText(decision.events);
    m.receiptId = base::newId("rcp", act.recordedAt);
    m.caseVersion = decision.caseAfter->version;
    acceptance.caseAfter = exchange::recordOf(*decision.caseAfter);
    m.entrySha256 = store::entryHash(m);
    acceptance.expectedVersion = decision.expectedVersion;
    acceptance.newAliases = decision.newAliases;
    acceptance.outbox = decision.outbox;
    return acceptance;
}

exchange::Sealed Ceiling::Parts::receiptOf(const store::MessageRecord& m, Form form) const {
    exchange::Receipt receipt;
    receipt.receiptId = m.receiptId;
    receipt.channel = m.channel;
    receipt.signerAgency = m.agency;
    receipt.signerCertificateSha256 = m.signerSha256;
    receipt.messageId = m.messageId;
    receipt.messageType = m.messageType;
    receipt.bodySha256 = m.bodySha256;
    receipt.bodyLength = static_cast<std::int64_t>(m.body.size());
    receipt.contentSha256 = m.contentSha256;
    receipt.receivedAt = m.receivedAt;
    receipt.decidedAt = m.decidedAt;
    receipt.verdict = exchange::Verdict::Accepted;
    receipt.caseId = m.caseId;
    receipt.mappingId = m.mappingId;
    receipt.mappingSha256 = m.mappingSha256;
    receipt.rulesSha256 = m.rulesSha256;
    receipt.entrySha256 = m.entrySha256;
    return snapshot->seal->seal(std::move(receipt),
                                form == Form::Xml ? exchange::Family::Xml : exchange::Family::Json);
}

void Ceiling::Parts::accept(const Prepared& one, Form form, Stages& spent) {
    double mark = cpuOfThread();
    const auto lap = [&mark](double& stage) {
        const double now = cpuOfThread();
        stage += now - mark;
        mark = now;
    };
    const auto from = verified(one);
    lap(spent.verify);
    const model::Act act{from.signerAgency, one.message.envelope.id, from.content.digest().hex(),
                         clock.now()};
    const auto decision = acts.judge(*snapshot, act, one.message.payload);
    if (!decision) throw std::runtime_error("refused: " + base::render(decision.error()).en);
    auto acceptance = acceptanceOf(one, from, act, *decision);
    lap(spent.judge);
    const auto sealed = receiptOf(acceptance.message, form);
    acceptance.message.receipt = sealed.bytes;
    acceptance.message.receiptMediaType = sealed.mediaType;
    lap(spent.seal);
    if (!std::holds_alternative<store::Stored>(store->ledger().accept(acceptance)))
        throw std::runtime_error("not stored");
}

double Ceiling::Parts::mapping(const std::vector<Prepared>& load) const {
    constexpr std::size_t kSample = 200;
    const auto count = std::min(kSample, load.size());
    double spent = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto from = verified(load[i]);
        const auto* partner = snapshot->registry->partner(from.signerAgency);
        const double start = cpuOfThread();
        const auto plans =
            snapshot->mappings->candidates(partner->formatsIn, from.content.content());
        const auto mapped = plans.front()->read(from.content.content(), {});
        if (!mapped || !mapping::bindMessage(mapped->ours)) throw std::runtime_error("not mapped");
        spent += cpuOfThread() - start;
    }
    return spent / static_cast<double>(count);
}

Ceiling::Ceiling(const std::filesystem::path& settings, const std::filesystem::path& storeFile) :
    parts_(std::make_unique<Parts>(settings, storeFile)) {}

Ceiling::~Ceiling() = default;

CeilingFigures Ceiling::run(const std::vector<Prepared>& load, std::size_t threads) {
    CeilingFigures result;
    const Form form = load.front().sent.mediaType == "application/xml" ? Form::Xml : Form::Json;
    result.stages.mapping = parts_->mapping(load);
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::string failure;
    auto& figures = result.figures;
    const double before = cpuOf(::getpid());
    const auto start = Clock::now();
    const auto work = [&] {
        Stages own;
        std::vector<double> milliseconds;
        try {
            for (std::size_t i = next++; i < load.size(); i = next++) {
                const auto begun = Clock::now();
                parts_->accept(load[i], form, own);
                milliseconds.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
            }
        } catch (const std::exception& error) {
            const std::lock_guard lock(mutex);
            failure = error.what();
            next.store(load.size());
        }
        const std::lock_guard lock(mutex);
        result.stages.verify += own.verify;
        result.stages.judge += own.judge;
        result.stages.seal += own.seal;
        figures.milliseconds.insert(figures.milliseconds.end(), milliseconds.begin(),
                                    milliseconds.end());
    };
    {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < threads; ++i) workers.emplace_back(work);
    }
    figures.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (!failure.empty()) throw std::runtime_error("ceiling: " + failure);
    const auto count = static_cast<double>(load.size());
    figures.messages = load.size();
    figures.gatewayCpu = (cpuOf(::getpid()) - before) / count;
    std::ranges::sort(figures.milliseconds);
    auto& stages = result.stages;
    for (double* stage : {&stages.verify, &stages.judge, &stages.seal}) *stage /= count;
    stages.store = figures.gatewayCpu - stages.verify - stages.judge - stages.seal;
    return result;
}

}  // namespace gateway::bench
