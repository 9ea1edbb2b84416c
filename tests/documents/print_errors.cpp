// Writes gateway/docs/errors.md to standard output, from the catalogue that the gateway answers
// with.

#include <iostream>
#include <string>
#include <string_view>

#include "gateway/base/error_catalogue.h"
#include "gateway/base/signature_reason.h"

using namespace gateway::base;

namespace {

struct Section {
    ErrorClass errorClass;
    std::string_view title, text;
};

constexpr Section kSections[] = {
    {ErrorClass::Transport, "Class T: transport",
     "Answered as `application/problem+json` (RFC 9457), unsigned. Nothing is stored of the\n"
     "message."},
    {ErrorClass::UnknownSigner, "Class U: no registered signer",
     "Answered with a signed refusal about the bytes alone: digest, length, channel, time, code,\n"
     "line and column. Nothing of the content is echoed."},
    {ErrorClass::KnownSigner, "Class A: the signer is known",
     "Answered with a signed refusal that names the message and its signer. The message id stays\n"
     "free: mend the message and send it again under the same id, or as the remedy says."},
};

// Braces name values; in Markdown they read better as code, and a bar would end a table's cell.
std::string cell(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '{') out += '`';
        if (letter == '|') out += '\\';
        out += letter;
        if (letter == '}') out += '`';
    }
    return out;
}

}  // namespace

int main() {
    std::cout << "# Error codes\n\n"
                 "Generated from `gateway/base/error_codes.def` by `ops/docs`; do not edit.\n\n"
                 "A code keeps its name and meaning for ever. There is a separate code only where "
                 "a sender\nwould act differently. Names in braces are values of the case at "
                 "hand.\n";
    for (const Section& section : kSections) {
        std::cout << "\n## " << section.title << "\n\n" << section.text << "\n\n";
        std::cout << "| Code | HTTP | What it says | What to do |\n|---|---|---|---|\n";
        for (const ErrorEntry& entry : errorCatalogue()) {
            if (entry.errorClass != section.errorClass) continue;
            std::cout << "| `" << entry.name << "` | " << entry.httpStatus << " | "
                      << cell(entry.vi) << "<br>" << cell(entry.en) << " | " << cell(entry.remedyVi)
                      << "<br>" << cell(entry.remedyEn) << " |\n";
        }
    }
    std::cout
        << "\n## Reasons of a refused signature\n\n"
           "Beside the codes `SIGNATURE_SHAPE`, `_ALGORITHM`, `_HEADER`, `_KEY_REFERENCE` and "
           "`_INVALID`\na refusal bears `reason`, and its sentence follows the code's. From "
           "`gateway/base/signature_reasons.def`.\nSettings that work, tool by tool: "
           "[signing.md](signing.md).\n\n| Reason | What it says |\n|---|---|\n";
    for (const SignatureReasonEntry& entry : signatureReasons())
        std::cout << "| `" << entry.name << "` | " << cell(entry.vi) << "<br>" << cell(entry.en)
                  << " |\n";
    return std::cout.flush() ? 0 : 1;
}
