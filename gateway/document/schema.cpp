#include "gateway/document/schema.h"

#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

#include <fstream>
#include <mutex>
#include <sstream>

#include "gateway/base/limits.h"
#include "gateway/document/libxml.h"
#include "gateway/document/schema_words.h"

namespace gateway::document {
namespace {

using base::ErrorCode;
using base::Fault;
using base::Problem;

struct FreeParser {
    void operator()(xmlSchemaParserCtxtPtr parser) const noexcept {
        xmlSchemaFreeParserCtxt(parser);
    }
};
struct FreeValidator {
    void operator()(xmlSchemaValidCtxtPtr context) const noexcept {
        xmlSchemaFreeValidCtxt(context);
    }
};
struct FreeSchema {
    void operator()(xmlSchemaPtr schema) const noexcept { xmlSchemaFree(schema); }
};

std::string trimmed(std::string_view text) {
    const auto end = text.find_last_not_of(" \t\r\n");
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

// libxml2 gives an attribute's element and names the attribute in the text only:
// "Element '{uri}name', attribute '{uri}name': reason".
const xmlNode* attributeMeant(const xmlNode* element, std::string_view message) {
    constexpr std::string_view kBefore = "', attribute '";
    const auto begin = message.find(kBefore);
    const auto end = message.find("': ");
    if (element->type != XML_ELEMENT_NODE || begin == std::string_view::npos || begin > end)
        return element;
    auto name = message.substr(begin + kBefore.size(), end - begin - kBefore.size());
    name.remove_prefix(name.find('}') + 1);  // npos + 1 = 0
    for (const xmlAttr* attribute = element->properties; attribute; attribute = attribute->next)
        if (name == reinterpret_cast<const char*>(attribute->name))
            return reinterpret_cast<const xmlNode*>(attribute);
    return element;
}

void collectFault(void* data, xmlErrorPtr error) {
    std::string& reasons = *static_cast<std::string*>(data);
    if (!reasons.empty()) return;  // the first says what to mend, the rest follow from it
    reasons = error->file == nullptr ? "" : std::string(error->file) + ":";
    reasons += std::to_string(error->line) + ": " + trimmed(error->message);
}

struct Violations {
    std::vector<Problem> problems{};
    const xmlNode* last = nullptr;
};

// A broken facet is told twice, by the facet and by its type; the first names the cause.
void collectViolation(void* data, xmlErrorPtr error) {
    Violations& violations = *static_cast<Violations*>(data);
    if (error->level < XML_ERR_ERROR || violations.problems.size() >= base::kSchemaProblems) return;
    const auto* node = static_cast<const xmlNode*>(error->node);
    if (node != nullptr && error->message != nullptr) node = attributeMeant(node, error->message);
    const bool echo = error->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 ||
                      error->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2 ||
                      error->code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3;
    if (echo && node != nullptr && node == violations.last) return;
    violations.last = node;
    Problem problem(ErrorCode::SCHEMA_INVALID);
    if (node != nullptr) {
        problem.path = pathOf(node);
        problem.position = positionOf(node);
    }
    violations.problems.push_back(std::move(problem).inWords("reason", complaintOf(*error, node)));
}

std::string readFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in || !bytes) throw Fault("cannot read " + file.string());
    return bytes.str();
}

Problem inFile(const std::filesystem::path& file, Problem problem) {
    problem.path = file.filename().string() + problem.path;
    return problem;
}

}  // namespace

struct XmlSchema::Native {
    std::unique_ptr<xmlSchema, FreeSchema> schema;
};

XmlSchema::XmlSchema(std::unique_ptr<Native> native) : native_(std::move(native)) {}
XmlSchema::~XmlSchema() = default;

std::shared_ptr<const XmlSchema> XmlSchema::load(const std::filesystem::path& file) {
    static std::mutex compiler;
    startLibxml();
    const std::lock_guard lock(compiler);
    const LocalFilesAllowed allowed;
    const QuietLibxml restoresHandler;
    std::string reason;
    xmlSetStructuredErrorFunc(&reason, collectFault);
    const std::unique_ptr<xmlSchemaParserCtxt, FreeParser> parser(
        xmlSchemaNewParserCtxt(file.c_str()));
    if (!parser) throw Fault("libxml2: no schema parser");
    xmlSchemaSetParserStructuredErrors(parser.get(), collectFault, &reason);
    auto native = std::make_unique<Native>();
    native->schema.reset(xmlSchemaParse(parser.get()));
    // A mere warning is, for example, an import that was not found.
    if (!native->schema || !reason.empty())
        throw Fault("schema " + file.string() + " does not compile: " + reason);
    return std::shared_ptr<const XmlSchema>(new XmlSchema(std::move(native)));
}

std::vector<Problem> XmlSchema::validate(const XmlDocument& document) const {
    const QuietLibxml quiet;
    const std::unique_ptr<xmlSchemaValidCtxt, FreeValidator> context(
        xmlSchemaNewValidCtxt(native_->schema.get()));
    if (!context) throw Fault("libxml2: no schema validator");
    Violations violations;
    xmlSchemaSetValidStructuredErrors(context.get(), collectViolation, &violations);
    const int verdict = xmlSchemaValidateDoc(context.get(), document.native());
    if (verdict < 0) throw Fault("libxml2: the schema validator failed");
    if (verdict > 0 && violations.problems.empty())
        violations.problems.push_back(
            Problem(ErrorCode::SCHEMA_INVALID)
                .inWords("reason", {"tài liệu không đúng định dạng", "the document is not valid"}));
    return std::move(violations.problems);
}

base::Result<Tree> readDataFile(const std::filesystem::path& file, const XmlSchema& schema) {
    auto document = XmlDocument::parse(readFile(file));
    if (!document) return inFile(file, std::move(document).error());
    auto problems = schema.validate(*document);
    if (!problems.empty()) return inFile(file, std::move(problems.front()));
    return document->toTree();
}

}  // namespace gateway::document
