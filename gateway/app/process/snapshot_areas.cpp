#include "gateway/app/process/snapshot_areas.h"

#include <algorithm>
#include <utility>

#include "gateway/app/client/files.h"
#include "gateway/app/client/trust_files.h"
#include "gateway/app/process/mapping_choices.h"
#include "gateway/app/process/revocation_marks.h"
#include "gateway/app/settings/failure.h"
#include "gateway/base/log.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/answers/evidence_format.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/model_shape.h"

namespace gateway::app {
namespace {

constexpr std::string_view kListEnd = ".crl";
constexpr std::string_view kMissingEnd = ".missing";

// What an earlier run left: copies of lists, and since when an authority has been without one.
trust::ListSources sourcesFrom(const std::filesystem::path& lists,
                               const std::filesystem::path& kept) {
    trust::ListSources sources{lists, {}, {}};
    std::error_code none;
    for (std::filesystem::directory_iterator entry(kept, none), end; !none && entry != end;
         entry.increment(none)) {
        const auto name = entry->path().filename().string();
        if (name.ends_with(kListEnd)) sources.kept[name] = readFile(entry->path());
        if (!name.ends_with(kMissingEnd)) continue;
        if (const auto since = base::parseTimestamp(readFile(entry->path())))
            sources.missingSince[name.substr(0, name.size() - kMissingEnd.size())] = *since;
    }
    return sources;
}

void keepBeside(const trust::RevocationLists& lists, const trust::ListSources& before,
                const std::filesystem::path& kept) {
    std::filesystem::create_directories(kept);
    for (const auto& [name, der] : lists.kept()) {
        const auto known = before.kept.find(name);
        if (known == before.kept.end() || known->second != der) base::replaceFile(kept / name, der);
    }
    const auto missing = lists.missingSince();
    for (const auto& [anchor, since] : missing)
        if (!before.missingSince.contains(anchor))
            base::replaceFile(kept / (anchor + std::string(kMissingEnd)),
                              base::formatTimestamp(since));
    for (const auto& [anchor, since] : before.missingSince)
        if (!missing.contains(anchor))
            std::filesystem::remove(kept / (anchor + std::string(kMissingEnd)));
}

}  // namespace

std::string_view nameOf(Area area) noexcept {
    switch (area) {
        case Area::Directory: return "directory";
        case Area::Mappings: return "mappings";
        case Area::Registrations: return "registrations";
        case Area::Revocation: return "revocation";
        case Area::Own: return "own";
    }
    return "";
}

std::filesystem::path keptIn(const Config& config) {
    return config.storeFile.parent_path() / "last-good";
}

SnapshotAreas::SnapshotAreas(const Config& config, const base::Clock& clock,
                             std::filesystem::path kept) :
    config_(config), clock_(clock), kept_(std::move(kept)) {}

template <class Load>
void SnapshotAreas::guarded(Area area, bool known, Load load) {
    try {
        load();
    } catch (const std::exception& fault) {
        if (!known) throw;
        faults_.push_back({area, "", std::string(fault.what()) + "; the last good version stays"});
    }
}

exchange::SnapshotPtr SnapshotAreas::load(exchange::SealPtr seal) {
    faults_.clear();
    guarded(Area::Directory, mappings_ != nullptr, [this] { loadDelivered(); });
    guarded(Area::Registrations, registrationsKnown_, [this] { loadRegistrations(); });
    guarded(Area::Revocation, revocation_ != nullptr, [this] { loadRevocation(); });
    auto registry = std::make_shared<const trust::Registry>(registered());
    for (const auto& fault : faults_)
        base::logEvent(base::LogLevel::Error, "data.not_taken",
                       {{"area", std::string(nameOf(fault.area))}, {"reason", fault.reason}});
    trust::Verifier verifier(registry, revocation_, config_.limits);
    const auto rules =
        document::FieldDigest().add(reference_->digest().view()).add(codes_.view()).finish();
    return std::make_shared<const exchange::Snapshot>(
        exchange::Snapshot{std::move(registry), revocation_, mappings_, reference_,
                           std::move(verifier), std::move(seal), rules});
}

// What comes with the program, and this place's own files in front of it.
void SnapshotAreas::loadDelivered() {
    const DataView data(config_.mappings, config_.connectors, config_.localData);
    try {
        auto reference = reference_;
        guarded(Area::Directory, reference_ != nullptr,
                [&] { reference = loadReference(data.mappings(), data.connectors()); });
        bool taken = false;
        guarded(Area::Mappings, mappings_ != nullptr, [&] {
            loadMappings(data, *reference);
            taken = true;
        });
        takeReference(std::move(reference), taken);
    } catch (const base::Fault& fault) {
        throw base::Fault(data.named(fault.what()));
    }
    for (auto& fault : faults_) fault.reason = data.named(std::move(fault.reason));
}

// A mapping is compiled against the acts as the law declares them: what is in force of both must
// fit together, at every moment.
void SnapshotAreas::takeReference(std::shared_ptr<const exchange::ReferenceData> loaded,
                                  bool mappingsTaken) {
    const bool fits = mappingsTaken || !reference_ ||
                      law::actPathsOf(loaded->law()) == law::actPathsOf(reference_->law());
    if (fits)
        reference_ = std::move(loaded);
    else
        faults_.push_back({Area::Directory, "",
                           "acts have other members, and a mapping is not taken: the law and what "
                           "stands beside it wait for it; the last good version stays"});
}

// With the code lists: a plan checks against those that it was compiled with.
void SnapshotAreas::loadMappings(const DataView& data, const exchange::ReferenceData& reference) {
    const auto codes = loadCodeLists(data.mappings(), reference);
    const mapping::ModelShape shape(law::actPathsOf(reference.law()));
    const auto choices = MappingChoices(kept_).load();
    std::shared_ptr<const mapping::Mappings> loaded;
    std::vector<std::string> leftOut;
    if (mappings_ && mappingsWhole_)
        loaded = mapping::Mappings::load(data.mappings(), shape, codes.lists, choices);
    else
        loaded =
            mapping::Mappings::loadUsable(data.mappings(), shape, codes.lists, leftOut, choices);
    mappings_ = std::move(loaded);
    mappingsWhole_ = leftOut.empty();
    codes_ = codes.digest;
    for (const auto& reason : leftOut)
        faults_.push_back({Area::Mappings, "", reason + "; this mapping is left out"});
}

// "court-json/*" stands for every inward mapping of that format; nothing = there is none.
std::optional<std::vector<std::string>> SnapshotAreas::expand(const std::string& format) const {
    std::vector<std::string> ids;
    const bool all = format.ends_with("/*");
    const auto prefix = std::string_view(format).substr(0, format.size() - 1);
    if (!all) {
        const auto versions = mappings_->versionsOf(format);
        if (std::ranges::any_of(
                versions, [](const auto* plan) { return plan->inward() && plan->oursIsModel(); }))
            ids.push_back(format);
    }
    for (const auto* plan : mappings_->all())
        if (all && mappings_->serves(*plan) && plan->inward() && plan->oursIsModel() &&
            plan->id().starts_with(prefix) && (ids.empty() || ids.back() != plan->id()))
            ids.push_back(plan->id());
    if (ids.empty() && !isCanonicalAct(format)) return std::nullopt;
    return ids;
}

// Read and written by its declaration alone, whoever names it or does not.
bool SnapshotAreas::isCanonicalAct(const std::string& format) const {
    return std::ranges::any_of(reference_->law().everyAct(), [&](const auto* act) {
        return exchange::canonicalForm(format, act->type).has_value();
    });
}

bool SnapshotAreas::writes(const std::string& type, const std::string& id) const {
    const auto versions = mappings_->versionsOf(id);
    if (versions.empty()) return reference_->law().act(type) && exchange::canonicalForm(id, type);
    return std::ranges::any_of(versions, [&](const auto* plan) {
        return plan->outward() &&
               (exchange::isEvidence(type) ? !plan->oursIsModel() : plan->messageType() == type);
    });
}

std::optional<std::string> SnapshotAreas::judge(const trust::Registration& registration) const {
    const auto unknown = [&](const std::string& code) {
        const auto* agency = reference_->directory().find(code);
        return !agency || agency->code != code;
    };
    const auto& partner = registration.partner;
    if (unknown(partner.agency)) return "the directory has no agency " + partner.agency;
    for (const auto& channel : registration.channels)
        for (const auto& carriage : channel.carries)
            if (unknown(carriage.agency))
                return "channel " + channel.id + ": the directory has no agency " + carriage.agency;
    for (const auto& [type, id] : partner.formatsOut) {
        if (type == "*" && !id.ends_with("/*"))
            return "for any message name a format, as court-json/*: " + id;
        if (type != "*" && mappingsWhole_ && !writes(type, id))
            return "no mapping writes " + type + " as " + id;
    }
    for (const auto& format : partner.formatsIn)
        if (mappingsWhole_ && !expand(format)) return "no mapping reads " + format;
    return std::nullopt;
}

void SnapshotAreas::loadRegistrations() {
    const auto schema =
        document::XmlSchema::load(config_.mappings / "schemas" / "registration.xsd");
    auto area = trust::readRegistrationArea(config_.registrations, *schema, registrations_,
                                            [this](const auto& one) { return judge(one); });
    registrations_ = std::move(area.files);
    registrationsKnown_ = true;
    for (auto& fault : area.faults)
        faults_.push_back({Area::Registrations, std::move(fault.file), std::move(fault.reason)});
}

trust::Registry::Data SnapshotAreas::registered() {
    trust::Registry::Data data;
    for (const auto& [file, registration] : registrations_) {
        auto partner = registration.partner;
        std::vector<std::string> formats;
        for (const auto& format : partner.formatsIn)
            if (const auto ids = expand(format))
                formats.insert(formats.end(), ids->begin(), ids->end());
        partner.formatsIn = std::move(formats);
        data.partners.push_back(std::move(partner));
        data.channels.insert(data.channels.end(), registration.channels.begin(),
                             registration.channels.end());
        data.signers.insert(data.signers.end(), registration.signers.begin(),
                            registration.signers.end());
    }
    auto unread = RevocationMarks(config_.registrations, kept_).applyTo(data, clock_.now());
    if (unread) faults_.push_back({Area::Registrations, "", *std::move(unread)});
    return data;
}

void SnapshotAreas::loadRevocation() {
    std::vector<trust::CertificatePtr> anchors;
    for (const auto& file : config_.revocationAnchors)
        for (auto& anchor : loadCertificates(file)) anchors.push_back(std::move(anchor));
    auto sources = sourcesFrom(config_.revocationLists, kept_);
    // What this process had in force counts even where nothing could be kept beside.
    if (revocation_) {
        for (auto& [name, der] : revocation_->kept()) sources.kept[name] = std::move(der);
        for (const auto& [anchor, since] : revocation_->missingSince())
            sources.missingSince.emplace(anchor, since);
    }
    auto lists = std::make_shared<const trust::RevocationLists>(sources, anchors, clock_.now());
    for (const auto& fault : lists->faults()) {
        const auto where = fault.file.empty() ? "" : "revocation list " + fault.file + ": ";
        faults_.push_back({Area::Revocation, "", where + fault.reason});
    }
    revocation_ = std::move(lists);
    if (kept_.empty()) return;
    try {
        keepBeside(*revocation_, sourcesFrom({}, kept_), kept_);
    } catch (const std::exception& fault) {
        faults_.push_back(
            {Area::Revocation, "",
             "lists are in force, but not kept beside in " + kept_.string() + ": " + fault.what()});
    }
}

}  // namespace gateway::app
