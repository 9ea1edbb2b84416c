#include "gateway/exchange/reference/reference_data.h"

#include "gateway/base/fault.h"
#include "gateway/exchange/reference/agency_loader.h"
#include "gateway/exchange/reference/kind_loader.h"
#include "gateway/law/conditions/data_file.h"

namespace gateway::exchange {
namespace {

// Names are those of file and directory only: where the gateway is installed changes no rule.
document::Digest digestOf(const ReferencePaths& paths, const law::LawBook& law) {
    document::FieldDigest digest;
    digest.add("thahc-rules-2");
    for (const auto& files : {law::filesIn(paths.agencies, ".xml"), kindFiles(paths.connectors),
                              std::vector{paths.plausibility}})
        for (const auto& file : files)
            digest.add((file.parent_path().filename() / file.filename()).string())
                .add(document::fileDigest(file).view());
    digest.add(law.digest().view());
    return digest.finish();
}

}  // namespace

ReferencePaths ReferencePaths::under(const std::filesystem::path& root) {
    return {root / "mappings" / "agencies", root / "connectors", root / "mappings" / "schemas",
            root / "mappings" / "case-model" / "plausibility.xml", root / "mappings"};
}

ReferenceData::ReferenceData(std::shared_ptr<const model::AgencyDirectory> directory,
                             model::NameSpellings spellings, Rights rights,
                             Plausibility plausibility, law::LawBook law,
                             const ReferencePaths& paths) :
    directory_(std::move(directory)),
    names_(std::make_shared<const AgencyNames>(directory_, std::move(spellings))),
    rights_(std::move(rights)),
    plausibility_(std::move(plausibility)),
    law_(std::move(law)),
    figures_(law::figures::FigureBook::load(paths.law, law_)),
    digest_(digestOf(paths, law_)) {}

std::shared_ptr<const ReferenceData> ReferenceData::load(const ReferencePaths& paths) {
    auto directory = loadAgencies(paths.agencies, paths.schemas);
    auto spellings = loadSpellings(paths.agencies, paths.schemas);
    Rights rights(loadKinds(paths.connectors, paths.schemas), directory);
    auto plausibility = Plausibility::load(paths.plausibility, paths.schemas);
    auto law = law::LawBook::load(paths.law);
    return std::shared_ptr<const ReferenceData>(
        new ReferenceData(std::move(directory), std::move(spellings), std::move(rights),
                          std::move(plausibility), std::move(law), paths));
}

}  // namespace gateway::exchange
