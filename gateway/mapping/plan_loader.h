#pragma once
// Reads one mapping file with everything that it refers to into a plan.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gateway/mapping/engine/compiler.h"
#include "gateway/mapping/plan_parts.h"
#include "gateway/mapping/source_files.h"

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
    void readDocuments(const document::Node& mapping);
    void readSchema(const document::Node& element);
    [[nodiscard]] CompilerSides sides(const document::Node& mapping);
    void readReferences(const document::Node& element, const PathParser& parser);
    void readIncludes(const document::Node& mapping, RuleCompiler& compiler);
    void readTables(const document::Node& mapping, RuleCompiler& compiler);
    void checkEnvelope(const document::Node& mapping, RuleCompiler& compiler) const;
    [[noreturn]] void fail(const document::Node& element, const std::string& reason) const;

    std::filesystem::path file_;
    std::string name_;
    SourceFiles files_;
    const Shape* shape_;
    std::shared_ptr<const CodeLists> codeLists_;
    SchemaShelf& schemas_;
    std::unique_ptr<Plan::Compiled> plan_;
    std::shared_ptr<const Shape> ownShape_;
    PrefixTable prefixes_, ourPrefixes_;
    // Parts are compiled where they are used, so included trees live until the body is done.
    std::vector<document::Tree> included_;
};

}  // namespace gateway::mapping
