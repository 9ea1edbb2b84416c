#pragma once
// A sample of which a draft is made, whatever it is written in.

#include <optional>
#include <string>

#include "gateway/base/result.h"
#include "gateway/document/tables/table.h"
#include "gateway/document/tree.h"
#include "gateway/document/xml.h"

namespace gateway::app {

struct DraftSample {
    document::Tree tree;                           ///< of a table an array of its rows
    std::optional<document::TableLayout> table{};  ///< where it stands in the file
    document::Prefixes prefixes{};                 ///< those of the document, of XML
};

/// XML, JSON, XLSX or CSV, by the first signs; texts may begin with a byte order mark and blanks.
/// Of a table, separator and row of the headers are those by which there are most columns.
[[nodiscard]] base::Result<DraftSample> draftSample(std::string bytes);

/// Whether a text can be the id of a mapping: "committee-new/report".
[[nodiscard]] bool isMappingId(const std::string& id);

}  // namespace gateway::app
