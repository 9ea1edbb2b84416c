#pragma once
// Reads one mapping file with everything that it refers to into a plan.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/mapping/engine/compiler.h"
#include "gateway/mapping/plan_parts.h"
#include "gateway/mapping/sources/mapping_source.h"
#include "gateway/mapping/sources/source_files.h"

namespace gateway::mapping {

/// Lives while one file is loaded; one thread. Throws base::Fault as Plan::compile() says.
class PlanLoader {
  public:
    PlanLoader(const std::filesystem::path& file, const document::XmlSchema& languageSchema,
               const Shape& modelShape, std::shared_ptr<const CodeLists> codeLists,
               SchemaShelf& schemas);
    [[nodiscard]] std::shared_ptr<const Plan> load();

  private:
    void readHead(const document::Node& mapping);
    void readLayout(const document::Node& mapping);
    void readOurs(const document::Node& mapping);
    void readNext(const document::Node& mapping);
    void readSchema(const document::Node& element);
    [[nodiscard]] CompilerSides sides(const document::Node& mapping);
    void readSpelling(const document::Node& mapping);
    void readReferences(const document::Node& element, const PathParser& parser);
    void readTables(const document::Node& mapping, RuleCompiler& compiler);
    void readAbsence(const document::Node& mapping, RuleCompiler& compiler);
    void readColumns(RuleCompiler& compiler);
    void checkEnvelope(const document::Node& mapping, RuleCompiler& compiler) const;
    [[nodiscard]] const OtherMapping& other(const std::string& named, const std::string& byFile);
    [[noreturn]] void fail(const document::Node& element, const std::string& reason) const;

    struct Other {
        std::unique_ptr<MappingSource> source;
        std::optional<OtherMapping> rules;
    };

    SourceFiles files_;
    MappingSource source_;
    std::string name_;
    const Shape* shape_;
    std::shared_ptr<const CodeLists> codeLists_;
    SchemaShelf& schemas_;
    const document::XmlSchema& languageSchema_;
    const Shape& modelShape_;
    std::size_t before_ = 0;  ///< mappings that lead to this one, by their "then"
    std::unique_ptr<Plan::Compiled> plan_;
    std::shared_ptr<const Shape> ownShape_;
    std::map<std::filesystem::path, Other> others_;
};

}  // namespace gateway::mapping
