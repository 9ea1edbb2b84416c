#pragma once
// Files in the form of try-life, read as the rulings of one office.

#include <filesystem>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/figures/history.h"
#include "gateway/law/life/case_life.h"

namespace gateway::app {

/// One file: {"ruling", "acts", "office"?: {"thads"?, "court"?, "province"?, "procuracy"?},
/// "listed"?: [{"sentOn", "on"}]}, played until the end of the day before `until`. `listed`: lists
/// in which the court has named it, and when they were recorded. `left` gains a line for each act
/// that was refused or still waits for its ruling. Throws InputError.
[[nodiscard]] law::figures::RulingHistory readLife(const law::LawBook& book,
                                                   const document::Node& input,
                                                   const std::string& name, base::Date until,
                                                   std::vector<std::string>& left);

/// Every *.json of a folder, in order of name. Throws InputError that names the file.
[[nodiscard]] std::vector<law::figures::RulingHistory> readLives(
    const law::LawBook& book, const std::filesystem::path& folder, base::Date until,
    std::vector<std::string>& left);

}  // namespace gateway::app
