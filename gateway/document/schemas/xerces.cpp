#include "gateway/document/schemas/xerces.h"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <sstream>
#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/parsers/XercesDOMParser.hpp>
#include <xercesc/sax/ErrorHandler.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/TransService.hpp>
#include <xercesc/util/XMLEntityResolver.hpp>
#include <xercesc/util/XMLResourceIdentifier.hpp>

#include "gateway/base/fault.h"
#include "gateway/document/text.h"

namespace gateway::document {
namespace {

namespace fs = std::filesystem;
using base::Fault;

constexpr std::size_t kLongestSchema = std::size_t{16} * 1024 * 1024;

// Of a schema nothing is ever declared by a DTD, and what entities could do is not worth having.
std::string schemaBytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in || !bytes) throw Fault("cannot read " + file.string());
    std::string text = std::move(bytes).str();
    if (text.size() > kLongestSchema) throw Fault(file.string() + " is too long for a schema");
    if (!isUtf8(text)) throw Fault(file.string() + " is not UTF-8");
    if (text.find("<!DOCTYPE") != std::string::npos)
        throw Fault(file.string() + " has a DOCTYPE; a schema needs none");
    return text;
}

std::unique_ptr<xercesc::InputSource> sourceOf(const fs::path& file) {
    const std::string bytes = schemaBytes(file);
    auto* copy = new XMLByte[bytes.size()];  // adopted by the source
    std::copy(bytes.begin(), bytes.end(), copy);
    return std::make_unique<xercesc::MemBufInputSource>(copy, bytes.size(), file.c_str(), true);
}

// What a schema includes or imports: a file below the directory of the first one. A location on
// some host means the file of that name, as agencies ship their schemas together.
class FilesBeside final : public xercesc::XMLEntityResolver {
  public:
    explicit FilesBeside(fs::path directory) : directory_(std::move(directory)) {}

    xercesc::InputSource* resolveEntity(xercesc::XMLResourceIdentifier* wanted) override try {
        const std::string location = utf8Of(
            wanted->getSchemaLocation() ? wanted->getSchemaLocation() : wanted->getSystemId());
        if (location.empty()) return nullptr;
        const fs::path file = fileOf(location, utf8Of(wanted->getBaseURI()));
        const auto inside = file.lexically_relative(directory_);
        if (inside.empty() || *inside.begin() == "..")
            throw Fault(location + " does not lie beside the schema");
        return sourceOf(file).release();
    } catch (const Fault& fault) {
        // Foreign code lies between here and whoever asked.
        if (fault_.empty()) fault_ = fault.what();
        return new xercesc::MemBufInputSource(nullptr, 0, "nothing");
    }

    [[nodiscard]] const std::string& fault() const { return fault_; }

  private:
    [[nodiscard]] fs::path fileOf(const std::string& location, std::string base) const {
        if (location.find("://") != std::string::npos || location.starts_with("urn:"))
            return fs::weakly_canonical(directory_ / fs::path(location).filename());
        if (base.starts_with("file://")) base.erase(0, 7);
        const fs::path from = base.starts_with('/') ? fs::path(base).parent_path() : directory_;
        return fs::weakly_canonical(from / location);
    }

    fs::path directory_;
    std::string fault_;
};

class FirstError final : public xercesc::ErrorHandler {
  public:
    void warning(const xercesc::SAXParseException&) override {}
    void error(const xercesc::SAXParseException& error) override {
        if (!words_.empty()) return;
        words_ = fs::path(utf8Of(error.getSystemId())).filename().string() + ":" +
                 std::to_string(error.getLineNumber()) + ": " + utf8Of(error.getMessage());
    }
    void fatalError(const xercesc::SAXParseException& fatal) override { error(fatal); }
    void resetErrors() override {}
    [[nodiscard]] const std::string& words() const { return words_; }

  private:
    std::string words_;
};

}  // namespace

std::string utf8Of(const XMLCh* text) {
    if (text == nullptr || *text == 0) return {};
    const xercesc::TranscodeToStr bytes(text, "UTF-8");
    return {reinterpret_cast<const char*>(bytes.str()), bytes.length()};
}

void withSchemaModel(const fs::path& file, const std::function<void(xercesc::XSModel&)>& use) {
    static std::mutex one;
    const std::lock_guard lock(one);
    static const bool started = [] {
        xercesc::XMLPlatformUtils::Initialize();  // for the life of the process
        return true;
    }();
    static_cast<void>(started);
    std::error_code missing;
    const fs::path whole = fs::canonical(file, missing);
    if (missing) throw Fault("cannot read " + file.string());
    FilesBeside files(whole.parent_path());
    FirstError errors;
    xercesc::XMLGrammarPoolImpl pool;
    xercesc::XercesDOMParser parser(nullptr, xercesc::XMLPlatformUtils::fgMemoryManager, &pool);
    parser.setDoNamespaces(true);
    parser.setDoSchema(true);
    parser.setHandleMultipleImports(true);
    parser.setLoadExternalDTD(false);
    parser.setDisableDefaultEntityResolution(true);
    parser.setXMLEntityResolver(&files);
    parser.setErrorHandler(&errors);
    std::string reason;
    try {
        const auto source = sourceOf(whole);
        const bool loaded =
            parser.loadGrammar(*source, xercesc::Grammar::SchemaGrammarType, true) != nullptr;
        reason = !files.fault().empty() ? files.fault() : errors.words();
        if (reason.empty() && !loaded) reason = "it is no schema";
    } catch (const xercesc::XMLException& error) {
        reason = utf8Of(error.getMessage());
    } catch (const xercesc::SAXException& error) {
        reason = utf8Of(error.getMessage());
    }
    if (!reason.empty()) throw Fault("schema " + file.string() + " does not compile: " + reason);
    bool changed = false;
    use(*pool.getXSModel(changed));
}

}  // namespace gateway::document
