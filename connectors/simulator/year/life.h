#pragma once
// What is to come true of one ruling in the year that is played: a file of try-life.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::simulator {

/// Something that an agency says on a day.
struct LifeAct {
    base::Date on{};
    std::string id, sender, type;  ///< sender: a role of the law
    document::Node content;
};

/// A court's list of what it has sent names the ruling: how it was sent, and in the list of which
/// period (its last day).
struct Listed {
    base::Date sentOn{}, until{};
    std::string form;
};

struct Life {
    std::string id, title;
    std::map<std::string, std::string> agencies;  ///< code by role
    model::Ruling ruling;
    std::vector<LifeAct> acts;
    std::vector<Listed> listed;
    std::vector<std::string> finally;  ///< stages of the obligations in the end

    [[nodiscard]] const std::string& agency(const std::string& role) const;
};

/// All files of a folder, by name. Throws base::Fault for one that is no life.
[[nodiscard]] std::vector<Life> loadLives(const std::filesystem::path& folder);

}  // namespace gateway::simulator
