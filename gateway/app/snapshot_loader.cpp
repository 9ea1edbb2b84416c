#include "gateway/app/snapshot_loader.h"

#include "gateway/app/failure.h"
#include "gateway/app/trust_files.h"
#include "gateway/exchange/agency_codes.h"
#include "gateway/mapping/code_lists.h"
#include "gateway/mapping/model_shape.h"
#include "gateway/trust/registration.h"

namespace gateway::app {
namespace {

trust::Registry::Data loadRegistrations(const Config& config) {
    const auto schema = document::XmlSchema::load(config.mappings / "schemas" / "registration.xsd");
    auto data = trust::readRegistrations(config.registrations, *schema);
    if (!data) throw base::Fault(base::render(data.error()).en);
    return std::move(data).value();
}

// "court-json/*" stands for every inward mapping of that format.
std::vector<std::string> expand(const std::vector<std::string>& formats,
                                const mapping::Mappings& mappings, const std::string& agency) {
    std::vector<std::string> ids;
    for (const auto& format : formats) {
        const bool all = format.ends_with("/*");
        const std::string prefix = all ? format.substr(0, format.size() - 1) : format;
        const auto before = ids.size();
        for (const auto* plan : mappings.all())
            if (plan->inward() && (all ? plan->id().starts_with(prefix) : plan->id() == prefix))
                ids.push_back(plan->id());
        if (ids.size() == before)
            throw base::Fault("registration of " + agency + ": no mapping reads " + format);
    }
    return ids;
}

void checkAndExpand(trust::Registry::Data& data, const exchange::ReferenceData& reference,
                    const mapping::Mappings& mappings) {
    const auto demandAgency = [&](const std::string& code, const std::string& where) {
        const auto* agency = reference.directory().find(code);
        if (!agency || agency->code != code)
            throw base::Fault(where + ": the directory has no agency " + code);
    };
    for (auto& partner : data.partners) {
        demandAgency(partner.agency, "registration of " + partner.agency);
        partner.formatsIn = expand(partner.formatsIn, mappings, partner.agency);
        for (const auto& [type, id] : partner.formatsOut) {
            if (type == "*") {
                if (!id.ends_with("/*"))
                    throw base::Fault("registration of " + partner.agency +
                                      ": for any message name a format, as court-json/*: " + id);
                continue;
            }
            const auto* plan = mappings.find(id);
            if (!plan || !plan->outward() || plan->messageType() != type)
                throw base::Fault("registration of " + partner.agency + ": no mapping writes " +
                                  type + " as " + id);
        }
    }
    for (const auto& channel : data.channels)
        for (const auto& carriage : channel.carries)
            demandAgency(carriage.agency, "channel " + channel.id);
}

// Lists in files and those that the directory answers, with the digest of the files.
struct CodeLists {
    std::shared_ptr<const mapping::CodeLists> lists;
    document::Digest digest;
};

CodeLists loadCodeLists(const std::filesystem::path& mappings,
                        const exchange::ReferenceData& reference, const base::Clock& clock) {
    const auto schema = document::XmlSchema::load(mappings / "schemas" / "code-list.xsd");
    auto files = mapping::FileCodeLists::load(mappings / "code-lists", *schema, clock);
    const auto digest = files->digest();
    std::vector<std::shared_ptr<const mapping::CodeLists>> lists = {
        std::move(files), std::make_shared<const exchange::AgencyCodes>(
                              reference.sharedDirectory(), reference.sharedNames(), clock)};
    return {std::make_shared<const mapping::CombinedCodeLists>(std::move(lists)), digest};
}

std::shared_ptr<const exchange::ReferenceData> loadReference(
    const std::filesystem::path& mappings, const std::filesystem::path& connectors) {
    return exchange::ReferenceData::load({mappings / "agencies", connectors, mappings / "schemas"});
}

}  // namespace

std::shared_ptr<const mapping::Plan> compileMapping(const std::filesystem::path& file,
                                                    const std::filesystem::path& mappings,
                                                    const base::Clock& clock) {
    // "mappings/" ends in an empty name, whose parent is the folder itself.
    auto root = std::filesystem::absolute(mappings).lexically_normal();
    if (!root.has_filename()) root = root.parent_path();
    const auto reference = loadReference(root, root.parent_path() / "connectors");
    const auto language = document::XmlSchema::load(root / "schemas" / "mapping.xsd");
    return mapping::Plan::compile(file, *language, mapping::ModelShape(),
                                  loadCodeLists(root, *reference, clock).lists);
}

std::filesystem::path mappingsAbove(const std::filesystem::path& file) {
    for (auto at = std::filesystem::absolute(file).parent_path(); at != at.parent_path();
         at = at.parent_path())
        if (std::filesystem::exists(at / "schemas" / "mapping.xsd")) return at;
    throw InputError("no schemas/mapping.xsd above " + file.string() + "; use --mappings");
}

exchange::SnapshotPtr loadSnapshot(const Config& config, const base::Clock& clock,
                                   exchange::SealPtr seal) {
    auto reference = loadReference(config.mappings, config.connectors);
    auto codes = loadCodeLists(config.mappings, *reference, clock);
    const auto rules =
        document::FieldDigest().add(reference->digest().view()).add(codes.digest.view()).finish();
    auto mappings = mapping::Mappings::load(config.mappings, mapping::ModelShape(), codes.lists);
    auto data = loadRegistrations(config);
    checkAndExpand(data, *reference, *mappings);
    auto registry = std::make_shared<const trust::Registry>(std::move(data));
    std::vector<trust::CertificatePtr> anchors;
    for (const auto& file : config.revocationAnchors)
        for (auto& anchor : loadCertificates(file)) anchors.push_back(std::move(anchor));
    auto revocation =
        std::make_shared<const trust::RevocationLists>(config.revocationLists, anchors);
    trust::Verifier verifier(registry, revocation, config.limits);
    return std::make_shared<const exchange::Snapshot>(
        exchange::Snapshot{std::move(registry), std::move(revocation), std::move(mappings),
                           std::move(reference), std::move(verifier), std::move(seal), rules});
}

}  // namespace gateway::app
