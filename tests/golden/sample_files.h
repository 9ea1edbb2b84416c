#pragma once
// The samples that stand beside each mapping: ok-*, bad-*, and expected/ with what becomes of them.

#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "gateway/document/content.h"
#include "gateway/mapping/plan.h"

namespace golden {

/// One directory mappings/<format>/<message>.
struct FormatDirectory {
    std::string id;  ///< of its mapping, e.g. court-xml/ruling
    std::filesystem::path path;
    [[nodiscard]] std::vector<std::filesystem::path> samples(const std::string& prefix) const;
    /// What expected/ says of a sample; the file need not exist.
    [[nodiscard]] std::filesystem::path expectationOf(const std::filesystem::path& sample) const;
    /// Its samples are ours, and what is written of them is expected beside them.
    [[nodiscard]] bool isOnlyWritten() const;
    /// document-NAME.*: what is given with a message.
    [[nodiscard]] std::map<std::string, gateway::document::Tree, std::less<>> documents() const;
    /// exchange.json, for formats whose envelope does not stand in the document.
    [[nodiscard]] gateway::mapping::ExchangeValues exchange() const;
};

/// For GoogleTest, which would print bytes.
inline void PrintTo(const FormatDirectory& format, std::ostream* out) { *out << format.id; }

/// Whether its messages are rows of a table, by its name.
[[nodiscard]] inline bool isTableFormat(const FormatDirectory& format) {
    return format.id.find("-table/") != std::string::npos;
}

/// All of them, in order of id.
std::vector<FormatDirectory> formatDirectories();

std::string bytesOf(const std::filesystem::path& file);
/// Parses by form; throws std::runtime_error if the text is not even XML or JSON.
gateway::document::Content contentOf(const std::string& bytes, gateway::document::Form form);
/// Whether the test run was told to write what it finds into expected/ (THAHC_ACCEPT=1).
bool accepting();
void accept(const std::filesystem::path& file, const gateway::document::Node& found);

/// Trees as text that does not depend on the order of members.
std::string comparable(const gateway::document::Node& tree);
std::string comparableFile(const std::filesystem::path& file);

}  // namespace golden
