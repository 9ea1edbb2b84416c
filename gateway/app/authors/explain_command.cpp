// explain: how a message was read, rule by rule, as text, as a page or as JSON.

#include <algorithm>
#include <fstream>
#include <iostream>

#include "gateway/app/authors/explained_page.h"
#include "gateway/app/authors/sample_trial.h"
#include "gateway/app/client/files.h"
#include "gateway/app/process/snapshot_areas.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/rereading.h"
#include "gateway/server/operators/pushed_clock.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {
namespace {

using document::Node;

std::string textIn(const Node& node, std::string_view name) {
    const Node* const child = node.child(name);
    return child == nullptr ? std::string() : child->value;
}

// On one line, as a terminal shows it.
std::string shown(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::string made;
    for (const char c : text)
        if (c != ' ' || (!made.empty() && made.back() != ' ')) made += c;
    return made;
}

bool accepts(const mapping::Plan& plan, const std::string& bytes) {
    if (!plan.inward() || plan.table()) return false;
    const auto content = contentOf(plan.theirs(), bytes);
    return content && plan.accepts(*content);
}

// By the mapping that is named, as a file or by its id, or the one that takes such a message.
CheckedMapping mappingFor(const Workshop& workshop, const Arguments& arguments,
                          const std::string& bytes) {
    const std::string named = arguments.get("mapping");
    if (std::filesystem::is_regular_file(named)) return workshop.compile(named);
    std::vector<std::string> found;
    std::shared_ptr<const mapping::Plan> taken;
    for (const auto& plan : workshop.all()) {
        const bool wanted =
            named.empty() ? accepts(*plan, bytes) : plan->id() == named || plan->name() == named;
        if (!wanted) continue;
        found.push_back(plan->name());
        taken = plan;
    }
    if (found.size() == 1) return workshop.judged(taken);
    std::string names;
    for (const auto& name : found) names.append(" ").append(name);
    throw InputError(found.empty() ? "no mapping takes it; name one by --mapping"
                                   : "several mappings take it; name one by --mapping:" + names);
}

Explained ofFile(const std::string& file, const Arguments& arguments) {
    const std::filesystem::path mappings = arguments.get("mappings", "mappings");
    return fromInput([&] {
        const DataView data(mappings, connectorsBeside(mappings), arguments.get("local"));
        const Workshop workshop(data);
        const std::string bytes = readFile(file);
        const auto checked = mappingFor(workshop, arguments, bytes);
        const auto around =
            surroundingsOf(*checked.plan, arguments.get("exchange"), arguments.all("document"));
        auto trial =
            trialInward(checked, bytes, around, base::vietnamDate(base::SystemClock().now()));
        return Explained{file, checked.plan->name(), bytes, std::move(trial.told),
                         std::move(trial.result)};
    });
}

std::optional<store::MessageRecord> messageCalled(store::StoreView& view, const std::string& id,
                                                  const std::string& agency) {
    std::optional<store::MessageRecord> found;
    view.cases().forEachMessage(0, [&](const store::MessageRecord& kept) {
        const bool wanted = (kept.messageId == id || kept.receiptId == id) &&
                            (agency.empty() || kept.agency == agency);
        if (!wanted) return true;
        if (found)
            throw InputError(
                "several agencies have sent a message of that id; use --agency or "
                "the id of its receipt");
        found = kept;
        return true;
    });
    return found;
}

Explained ofMessage(const std::string& id, const Arguments& arguments) {
    const std::filesystem::path file = arguments.need("config");
    const auto config = configFrom(layerSettings(file, {}), file);
    const server::PushedClock clock(config.pushedClock);
    const auto snapshot =
        fromInput([&] { return SnapshotAreas(config, clock, keptIn(config)).load(nullptr); });
    const std::filesystem::path kept = arguments.get("store", config.storeFile.string());
    if (!std::filesystem::is_regular_file(kept))
        throw InputError(kept.string() + ": there is no such file");
    const auto message =
        messageCalled(*store::sqlite::SqliteStore::viewOfFile(kept), id, arguments.get("agency"));
    if (!message) throw InputError("no message and no receipt is called " + id);
    const auto read =
        exchange::Rereading(*snapshot, config.identity).inFull(*message, arguments.get("mapping"));
    if (!read)
        throw InputError("no mapping of now reads " + id + ", or its bytes are not kept here");
    Explained explained{message->agency + " " + message->messageId,
                        read->by->name(),
                        read->text,
                        document::objectNode(),
                        {}};
    Node problems = document::arrayNode("problems");
    if (read->read) {
        explained.result = read->by->textOfOurs(read->read->ours);
        explained.told.children.push_back(reportNode(read->read->report));
    } else {
        for (const auto& problem : read->read.error())
            problems.children.push_back(problemNode(problem));
    }
    explained.told.children.push_back(std::move(problems));
    return explained;
}

void print(const Explained& explained) {
    std::cout << explained.name << ", " << explained.mapping << '\n';
    for (const Node& problem : explained.told.child("problems")->children)
        std::cout << "  line " << textIn(problem, "line") << "  " << textIn(problem, "code")
                  << "\n    " << textIn(problem, "vi") << "\n    " << textIn(problem, "en") << '\n';
    const Node* const report = explained.told.child("report");
    if (report == nullptr) return;
    for (const Node& fate : report->children) {
        std::cout << "line " << textIn(fate, "line") << "  " << textIn(fate, "path") << "  "
                  << shown(textIn(fate, "value")) << "\n    " << textIn(fate, "use");
        if (const auto rule = textIn(fate, "rule"); !rule.empty()) std::cout << ": " << rule;
        if (const auto file = textIn(fate, "file"); !file.empty()) std::cout << " (" << file << ")";
        if (const auto why = textIn(fate, "why"); !why.empty()) std::cout << "\n    " << why;
        std::cout << '\n';
        if (const Node* const into = fate.child("into"))
            for (const Node& one : into->children)
                std::cout << "    -> " << textIn(one, "place") << "  "
                          << shown(textIn(one, "value")) << '\n';
    }
}

}  // namespace

int explainCommand(const Words& words) {
    const Arguments arguments(words,
                              {"mapping", "mappings", "local", "exchange", "document", "config",
                               "store", "agency", "html"},
                              {"json"}, {"document"});
    if (arguments.positional().size() != 1)
        throw UsageError("explain needs one file, or one message id with --config");
    const std::string& what = arguments.positional().front();
    auto explained = arguments.has("config") ? ofMessage(what, arguments) : ofFile(what, arguments);
    const bool accepted = explained.told.child("problems")->children.empty();
    if (arguments.has("html")) {
        std::ofstream out(arguments.get("html"), std::ios::binary);
        out << explainedPage(explained);
        if (!out.flush()) throw InputError(arguments.get("html") + " cannot be written");
    } else if (arguments.has("json")) {
        document::addText(explained.told, "mapping", explained.mapping);
        std::cout << document::writeJson(explained.told) << '\n';
    } else {
        print(explained);
    }
    return accepted ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
