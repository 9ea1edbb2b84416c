#include "gateway/app/printing/life_files.h"

#include <map>

#include "gateway/app/client/files.h"
#include "gateway/app/printing/life_input.h"
#include "gateway/app/settings/failure.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/law/conditions/data_file.h"
#include "gateway/law/figures/life_history.h"

namespace gateway::app {
namespace {

using document::Node;

std::string said(const Node& object, const char* name) {
    const auto* member = object.child(name);
    return member ? member->value : std::string();
}

base::Date dayIn(const Node& object, const char* name) {
    const auto day = base::parseDate(said(object, name));
    if (!day) throw InputError(std::string("\"") + name + "\" is no day (yyyy-MM-dd)");
    return *day;
}

// Nine in the morning; those of one day in the order in which they stand.
base::Timestamp morningOf(base::Date day, std::size_t order) {
    return std::chrono::sys_days(day) + std::chrono::hours(2) + std::chrono::milliseconds(order);
}

// Acts that count for nothing, and why.
struct LeftOut {
    void hear(const law::Step& step) {
        why.erase(step.id);
        if (step.answer == law::Answer::Accepted) return;
        auto& text = why[step.id];
        text = step.act + " " + step.id + ", " + base::formatDate(step.day) + ": " +
               std::string(model::nameOf(step.answer));
        for (const auto& reason : step.reasons)
            text += " " + reason.code + " " + reason.path + " " + reason.vi;
    }
    std::map<std::string, std::string> why;  ///< by id
};

}  // namespace

law::figures::RulingHistory readLife(const law::LawBook& book, const Node& input,
                                     const std::string& name, base::Date until,
                                     std::vector<std::string>& left) {
    auto acts = actsIn(input);
    const auto ruling = rulingIn(input);
    LeftOut leftOut;
    auto made = law::figures::playHistory(book, ruling, std::move(acts), until,
                                          [&](const law::Step& step) { leftOut.hear(step); });
    for (const auto& [id, why] : leftOut.why) left.push_back(name + ": " + why);
    made.id = name;
    const Node none = document::objectNode();
    const auto& office = input.child("office") ? *input.child("office") : none;
    made.thads = said(office, "thads");
    made.court = said(office, "court");
    made.province = said(office, "province");
    made.procuracy = said(office, "procuracy");
    if (made.court.empty())
        made.court =
            ruling.firstInstanceCourt.empty() ? ruling.reference.court : ruling.firstInstanceCourt;
    if (const auto* listed = input.child("listed"))
        for (const auto& line : listed->children)
            made.listed.push_back(
                {dayIn(line, "sentOn"), morningOf(dayIn(line, "on"), 0), {}, {}, {}});
    return made;
}

std::vector<law::figures::RulingHistory> readLives(const law::LawBook& book,
                                                   const std::filesystem::path& folder,
                                                   base::Date until,
                                                   std::vector<std::string>& left) {
    std::vector<law::figures::RulingHistory> found;
    for (const auto& file : fromInput([&] { return law::filesIn(folder, ".json"); })) {
        const auto tree = document::readJson(readFile(file));
        if (!tree) throw InputError(file.string() + ": " + render(tree.error()).en);
        try {
            found.push_back(readLife(book, tree->root, file.stem().string(), until, left));
        } catch (const InputError& problem) {
            throw InputError(file.string() + ": " + problem.what());
        }
    }
    return found;
}

}  // namespace gateway::app
