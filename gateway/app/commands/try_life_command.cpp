#include <functional>
#include <iostream>

#include "gateway/app/client/files.h"
#include "gateway/app/printing/life_input.h"
#include "gateway/app/printing/life_nodes.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/law/life/case_life.h"

namespace gateway::app {
namespace {

using document::Node;

// What is wrong in a file is told with its name before each place.
Node playedIn(const std::string& file, const std::function<Node()>& play) {
    try {
        return play();
    } catch (const InputError& problem) {
        std::string text = file + ": " + problem.what();
        for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', end + 1))
            text.insert(end + 1, file + ": ");
        throw InputError(text);
    }
}

}  // namespace

Node playLife(const law::LawBook& book, const Node& input, const std::optional<base::Date>& asOf) {
    law::CaseLife life(book, rulingIn(input));
    Node steps = document::arrayNode("steps");
    const auto add = [&](const law::Step& step) {
        steps.children.push_back(stepNode(life, step, steps.children.size() + 1));
    };
    for (auto& act : actsIn(input)) {
        if (asOf && act.day > *asOf) break;
        life.advance(act.day, add);
        life.say(std::move(act), add);
    }
    if (asOf) life.advance(*asOf, add);
    Node root = document::objectNode();
    addText(root, "calendar", book.calendar().version());
    root.children.push_back(std::move(steps));
    root.children.push_back(stateNode(life));
    return root;
}

int tryLifeCommand(const Words& words) {
    const Arguments arguments(words, {"as-of", "mappings", "local"}, {"json"}, {});
    if (arguments.positional().size() != 1) throw UsageError("try-life needs a file");
    const auto data = dataNamedBy(arguments);
    const auto book = loadLaw(data);
    const auto& file = arguments.positional().front();
    const auto bytes = readFile(file);
    const auto tree = document::readJson(bytes);
    if (!tree) throw InputError(file + ": " + render(tree.error()).en);
    std::optional<base::Date> asOf;
    if (arguments.has("as-of")) {
        asOf = base::parseDate(arguments.get("as-of"));
        if (!asOf)
            throw InputError("--as-of: \"" + arguments.get("as-of") + "\" is no day (yyyy-MM-dd)");
    }
    const auto played = playedIn(file, [&] { return playLife(book, tree->root, asOf); });
    if (arguments.has("json"))
        std::cout << document::writeJson(played) << '\n';
    else
        printLife(std::cout, played);
    return kExitOk;
}

}  // namespace gateway::app
