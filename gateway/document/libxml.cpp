#include "gateway/document/libxml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemastypes.h>

#include <mutex>
#include <string_view>

namespace gateway::document {
namespace {

thread_local int localFilesAllowed = 0;

// XML_PARSE_NONET does not stop file://, so the loader is the gate, not the parser's options.
xmlParserInputPtr load(const char* url, const char* /*publicId*/, xmlParserCtxtPtr context) {
    if (localFilesAllowed == 0 || url == nullptr) return nullptr;
    if (std::string_view(url).find("://") != std::string_view::npos) return nullptr;
    return xmlNewInputFromFile(context, url);
}

void ignore(void*, xmlErrorPtr) {}

}  // namespace

void startLibxml() {
    static std::once_flag once;
    std::call_once(once, [] {
        xmlInitParser();
        xmlSchemaInitTypes();  // not thread-safe when it happens lazily
        xmlSetExternalEntityLoader(load);
    });
}

LocalFilesAllowed::LocalFilesAllowed() noexcept { ++localFilesAllowed; }
LocalFilesAllowed::~LocalFilesAllowed() { --localFilesAllowed; }

QuietLibxml::QuietLibxml() noexcept :
    previousContext_(xmlStructuredErrorContext), previous_(xmlStructuredError) {
    xmlSetStructuredErrorFunc(nullptr, ignore);
}
QuietLibxml::~QuietLibxml() { xmlSetStructuredErrorFunc(previousContext_, previous_); }

}  // namespace gateway::document
