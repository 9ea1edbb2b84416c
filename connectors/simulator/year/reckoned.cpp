#include "connectors/simulator/year/reckoned.h"

#include "connectors/simulator/stage/child_process.h"
#include "connectors/simulator/stage/members.h"
#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"

namespace gateway::simulator {
namespace {

Column columnOf(const document::Node& node) {
    Column column;
    if (const auto* value = node.child("value")) column.value = wholeNumber(*value);
    if (const auto* lines = node.child("lines"))
        for (const auto& line : lines->children)
            if (const auto* ruling = line.child("ruling")) column.rulings.insert(ruling->value);
    return column;
}

}  // namespace

Columns Reckoner::count(const std::string& source, const std::filesystem::path& where,
                        const std::string& court, int year, int months,
                        std::optional<base::Timestamp> asKnownAt) const {
    const auto out = scratch_ / "figures.json";
    std::vector<std::string> words = {binary_.string(), "figures",
                                      source,           where.string(),
                                      "--year",         std::to_string(year),
                                      "--period",       std::to_string(months),
                                      "--court",        court,
                                      "--mappings",     mappings_.string(),
                                      "--format",       "json",
                                      "--out",          out.string()};
    if (asKnownAt) {
        words.emplace_back("--as-known-at");
        words.push_back(base::formatTimestamp(*asKnownAt));
    }
    const auto done = runToEnd(words, scratch_ / "figures.log");
    if (done.code != 0) throw base::Fault("figures: " + done.output);
    const auto tree = document::readJson(contentsOf(out));
    const auto* columns = tree ? tree->root.child("columns") : nullptr;
    if (!columns) throw base::Fault("figures: no columns in " + out.string());
    Columns found;
    for (const auto& node : columns->children) found[node.child("id")->value] = columnOf(node);
    return found;
}

}  // namespace gateway::simulator
