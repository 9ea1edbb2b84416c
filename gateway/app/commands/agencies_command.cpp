#include <iostream>

#include "gateway/app/printing/agency_nodes.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/reference/agency_loader.h"

namespace gateway::app {
namespace {

using document::Node;

Node listOf(const char* member, const std::vector<std::string>& lines) {
    Node list = document::arrayNode(member);
    for (const auto& line : lines) list.children.push_back(document::stringNode("", line));
    return list;
}

// "agencies/courts.xml:12: ..." is of the local file, if there is one of that name.
void nameFiles(const DataView& data, const std::filesystem::path& local,
               std::vector<std::string>& lines) {
    for (auto& line : lines) {
        line = data.named(std::move(line));
        for (const auto& file : data.local()) {
            const auto name = std::filesystem::path(file.name);
            const auto origin = (name.parent_path().filename() / name.filename()).string() + ":";
            if (line.starts_with(origin))
                line = (local / name).string() + line.substr(origin.size() - 1);
        }
    }
}

int check(const Arguments& arguments) {
    if (arguments.positional().size() != 1) throw UsageError("agencies check takes no more words");
    const auto data = dataNamedBy(arguments);
    auto judged = fromInput([&] {
        return exchange::judgeAgencies(data.mappings() / "agencies", data.mappings() / "schemas");
    });
    nameFiles(data, arguments.get("local"), judged.faults);
    nameFiles(data, arguments.get("local"), judged.notes);
    const bool good = judged.faults.empty();
    if (arguments.has("json")) {
        auto root = document::objectNode();
        root.children.push_back(document::booleanNode("good", good));
        root.children.push_back(listOf("faults", judged.faults));
        root.children.push_back(listOf("notes", judged.notes));
        std::cout << document::writeJson(root) << '\n';
    } else {
        for (const auto& note : judged.notes) std::cout << "note: " << note << '\n';
        for (const auto& fault : judged.faults) std::cout << "BAD: " << fault << '\n';
        if (good) std::cout << "good\n";
    }
    return good ? kExitOk : kExitBadData;
}

int find(const Arguments& arguments) {
    if (arguments.positional().size() != 2) throw UsageError("agencies find needs one text");
    const auto today = base::vietnamDate(base::SystemClock().now());
    auto day = today;
    if (arguments.has("on")) {
        const auto asked = base::parseDate(arguments.get("on"));
        if (!asked) throw UsageError("--on is a day: 2025-06-30");
        day = *asked;
    }
    const auto data = dataNamedBy(arguments);
    const auto folder = data.mappings() / "agencies", schemas = data.mappings() / "schemas";
    const auto directory = fromInput([&] { return exchange::loadAgencies(folder, schemas); });
    const exchange::AgencyNames names(
        directory, fromInput([&] { return exchange::loadSpellings(folder, schemas); }));
    const auto answer = answerOf(*directory, names, arguments.positional().back(), day, today);
    if (arguments.has("json"))
        std::cout << document::writeJson(answer.node) << '\n';
    else
        std::cout << textOf(answer.node);
    switch (answer.fit) {
        case DirectoryAnswer::Fit::One: return kExitOk;
        case DirectoryAnswer::Fit::Several: return kExitRefused;
        case DirectoryAnswer::Fit::None: break;
    }
    return kExitNotFound;
}

}  // namespace

int agenciesCommand(const Words& words) {
    const Arguments arguments(words, {"on", "mappings", "local"}, {"json"});
    const auto act = arguments.positional().empty() ? "" : arguments.positional().front();
    if (act == "check") return check(arguments);
    if (act == "find") return find(arguments);
    throw UsageError("agencies check, or agencies find TEXT");
}

}  // namespace gateway::app
