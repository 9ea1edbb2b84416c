#include "gateway/app/authors/workshop.h"

#include "gateway/base/fault.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/sources/mapping_files.h"

namespace gateway::app {

Workshop::Workshop(const DataView& data) try :
    data_(data),
    reference_(loadReference(data.mappings(), data.connectors())),
    lists_(loadCodeLists(data.mappings(), *reference_).lists),
    language_(document::XmlSchema::load(data.mappings() / "schemas" / "mapping.xsd")),
    shape_(law::actPathsOf(reference_->law())),
    outlines_(data.mappings()) {
} catch (const base::Fault& fault) {
    throw base::Fault(data.named(fault.what()));
}

CheckedMapping Workshop::compile(const std::filesystem::path& file) const try {
    return {mapping::Plan::compile(data_.seen(file), *language_, shape_, lists_), reference_};
} catch (const base::Fault& fault) {
    throw base::Fault(data_.named(fault.what()));
}

std::vector<std::shared_ptr<const mapping::Plan>> Workshop::all() const {
    std::vector<std::shared_ptr<const mapping::Plan>> plans;
    mapping::SchemaShelf schemas;
    for (const auto& file : mapping::mappingFiles(data_.mappings())) try {
            plans.push_back(mapping::Plan::compile(file, *language_, shape_, lists_, schemas));
        } catch (const base::Fault&) {
            continue;
        }
    return plans;
}

}  // namespace gateway::app
