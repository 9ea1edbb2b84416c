#pragma once
// Files of what goes on outside cases (petitions, guidance, inspections) as they stand in a store.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "gateway/document/tree.h"
#include "gateway/law/book/law_book.h"
#include "gateway/model/agencies/agency_directory.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/store/ledger.h"

namespace gateway::app {

/// Which files are asked for; every member that is there must hold.
struct MatterQuestion {
    std::string subject;  ///< law::Subject
    std::string office;   ///< it, a predecessor or a successor leads it or has a part of it
    std::string caseId;   ///< that it is about
    std::optional<bool> open;
    bool overdue = false;  ///< something is owed in it whose last day is before `today`
    base::Date today{};
};

/// [{"file", "subject", "vi", "case"?, "province"?, "lead", "since", "open", "overdue", "dueOn"?,
/// "parts": [...]}], the parts as in matter_nodes.h. A matter is open until it is at its end as a
/// whole or each of its parts is. `dueOn`: the earliest last day of what is owed still.
[[nodiscard]] document::Node matterStates(store::Cases& cases, const law::LawBook& law,
                                          const model::AgencyDirectory& directory,
                                          const MatterQuestion& question);

/// One of them with "acts": [{"type", "vi", "by", "role"?, "message", "on", "recordedAt", "sha256",
/// "signer", "receipt", "told"?, "content"}] in the order of recording. None: there is no such
/// file.
[[nodiscard]] std::optional<document::Node> matterState(store::Cases& cases,
                                                        const law::LawBook& law,
                                                        const std::string& fileId,
                                                        base::Date today);

/// Every message of the file as it came, with its signature, as NUMBER-TYPE and its detached
/// signature beside it. Gives the names; "archived" messages are left out and named by `left`.
/// Throws InputError: it cannot be written.
[[nodiscard]] std::vector<std::string> writeMessages(store::Cases& cases, const std::string& fileId,
                                                     const std::filesystem::path& folder,
                                                     std::vector<std::string>& left);

}  // namespace gateway::app
