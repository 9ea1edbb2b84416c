#include "tests/golden/formats_in_service.h"

#include <chrono>
#include <vector>

#include "gateway/document/schema.h"
#include "gateway/exchange/reference/agency_codes.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/code_lists.h"
#include "gateway/mapping/model_shape.h"

namespace golden {
namespace {

namespace exchange = gateway::exchange;
namespace mapping = gateway::mapping;
using gateway::document::XmlSchema;

struct Service {
    std::shared_ptr<const exchange::ReferenceData> reference;
    std::shared_ptr<const mapping::CodeLists> lists;
    std::shared_ptr<const mapping::Mappings> mappings;

    Service() {
        const std::filesystem::path root = THAHC_SOURCE_DIR;
        reference = exchange::ReferenceData::load(exchange::ReferencePaths::under(root));
        const auto listSchema = XmlSchema::load(root / "mappings/schemas/code-list.xsd");
        lists = std::make_shared<mapping::CombinedCodeLists>(
            std::vector<std::shared_ptr<const mapping::CodeLists>>{
                std::make_shared<exchange::AgencyCodes>(reference->sharedDirectory(),
                                                        reference->sharedNames()),
                mapping::FileCodeLists::load(root / "mappings/code-lists", *listSchema)});
        mappings = mapping::Mappings::load(
            root / "mappings", mapping::ModelShape(gateway::law::actPathsOf(reference->law())),
            lists);
    }
};

const Service& service() {
    static const Service kService;
    return kService;
}

}  // namespace

const mapping::Mappings& formatsInService() { return *service().mappings; }
const mapping::CodeLists& codeListsInService() { return *service().lists; }
const gateway::law::LawBook& lawInService() { return service().reference->law(); }

}  // namespace golden
