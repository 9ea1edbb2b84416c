#include <algorithm>
#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/app/client/own_identity.h"
#include "gateway/app/client/trust_files.h"
#include "gateway/app/papers/asked.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/document/text.h"
#include "gateway/exchange/proof/evidence_pack.h"
#include "gateway/server/operators/pushed_clock.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {
namespace {

base::Date dayIn(const Arguments& arguments, const char* option) {
    const auto day = base::parseDate(arguments.need(option));
    if (!day) throw UsageError(std::string("--") + option + " is a day: 2026-01-31");
    return *day;
}

// As people write it: "thành phố hà nội", "Hà Nội".
bool isCalled(const std::string& official, const std::string& asked) {
    const auto whole = document::nameKey(official);
    return std::ranges::any_of(
        std::initializer_list<std::string>{"", "tỉnh ", "thành phố "},
        [&](const std::string& kind) { return document::nameKey(kind + asked) == whole; });
}

// By its id, or by the name that it has on the last day; with all that was merged into it.
exchange::EvidenceQuestion questionOf(const Arguments& arguments,
                                      const model::AgencyDirectory& directory) {
    exchange::EvidenceQuestion question;
    question.from = dayIn(arguments, "from");
    question.to = dayIn(arguments, "to");
    if (question.to < question.from) throw UsageError("--to lies before --from");
    const auto asked = arguments.need("territory");
    for (const auto& one : directory.territories().all())
        for (const auto& name : one.names)
            if (one.id == asked || (isCalled(name.text, asked) && one.period.covers(question.to))) {
                question.territory = one.id;
                question.territoryName = one.names.back().text;
            }
    if (question.territory.empty())
        throw UsageError("there is no territory " + asked +
                         " on that day; mappings/agencies/territories.xml has ids and names");
    for (const auto& id : directory.territories().closure(question.territory, question.to))
        question.provinces.insert(id);
    question.provinces.insert(question.territory);
    return question;
}

// Whoever may have signed: agencies that are registered, and ourselves.
std::vector<trust::CertificatePtr> signersOf(const Config& config,
                                             const exchange::Snapshot& snapshot) {
    std::vector<trust::CertificatePtr> found{snapshot.seal->certificate()};
    for (const auto& signer : snapshot.registry->data().signers)
        found.push_back(signer.certificate);
    if (!config.sealOthers.empty())
        for (auto& other : loadCertificates(config.sealOthers)) found.push_back(std::move(other));
    return found;
}

}  // namespace

int evidencePackCommand(const Words& words) {
    const Arguments arguments(words, {"config", "store", "territory", "from", "to", "out"},
                              {"json"}, {"set", "archives", "signers"});
    if (!arguments.positional().empty()) throw UsageError("evidence-pack takes options only");
    const std::filesystem::path settings = arguments.need("config");
    const auto config = configFrom(layerSettings(settings, arguments.all("set")), settings);
    const server::PushedClock clock(config.pushedClock);
    const auto seal = loadSeal(config, clock);
    const auto snapshot = fromInput([&] { return loadSnapshot(config, clock, seal); });
    const auto question = questionOf(arguments, snapshot->reference->directory());
    const std::filesystem::path file = arguments.get("store", config.storeFile.string());
    const auto view = viewOf(file);
    exchange::EvidenceSources sources;
    sources.identity = config.identity;
    sources.storeIdentity = store::sqlite::SqliteStore::identityOf(file);
    sources.certificates = signersOf(config, *snapshot);
    for (const auto& more : arguments.all("signers"))
        for (auto& one : loadCertificates(more)) sources.certificates.push_back(std::move(one));
    for (const auto& folder : arguments.all("archives")) sources.archives.emplace_back(folder);
    sources.verifier = readFile(config.mappings / "evidence" / "verify.sh");
    const auto pack = fromInput([&] {
        return exchange::packEvidence(*view, question, sources, seal->own(), clock.now(),
                                      arguments.need("out"));
    });
    auto node = document::objectNode();
    addText(node, "folder", arguments.get("out"));
    addText(node, "manifestSha256", pack.manifestSha256);
    addNumber(node, "cases", static_cast<std::int64_t>(pack.cases));
    addNumber(node, "pieces", static_cast<std::int64_t>(pack.pieces.size()));
    auto missing = document::arrayNode("missing");
    for (const auto& piece : pack.pieces)
        if (!piece.missing.empty())
            missing.children.push_back(
                document::stringNode("", std::string(model::nameOf(piece.kind)) + " " +
                                             piece.agency + " " + piece.id + ": " + piece.missing));
    node.children.push_back(std::move(missing));
    std::cout << (arguments.has("json") ? document::writeJson(node)
                                        : document::writeJsonPretty(node))
              << '\n';
    return kExitOk;
}

}  // namespace gateway::app
