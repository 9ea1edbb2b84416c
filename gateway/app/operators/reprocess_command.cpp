// Kept messages through another version of their mapping: what would be read otherwise.

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "gateway/app/operators/operator_call.h"
#include "gateway/app/process/snapshot_areas.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/rereading.h"
#include "gateway/server/operators/pushed_clock.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {
namespace {

using document::Node;
using exchange::Reread;
using exchange::RereadVerdict;

struct Asked {
    std::string mapping, agency;
    std::optional<base::Date> from, to;  ///< days of receipt, both included
    std::set<std::string> messages;      ///< ids, of whomever
    [[nodiscard]] bool means(const std::string& sender, const std::string& id,
                             base::Timestamp at) const {
        const auto day = base::vietnamDate(at);
        return (agency.empty() || sender == agency) && (!from || *from <= day) &&
               (!to || day <= *to) && (messages.empty() || messages.contains(id));
    }
};

std::optional<base::Date> dayIn(const Arguments& arguments, const char* option) {
    if (!arguments.has(option)) return std::nullopt;
    const auto day = base::parseDate(arguments.get(option));
    if (!day) throw UsageError(std::string("--") + option + " is a day: 2026-01-31");
    return day;
}

Node differencesNode(const Reread& reread) {
    Node list = document::arrayNode("differences");
    for (const auto& difference : reread.differences) {
        Node node = document::objectNode();
        addText(node, "path", difference.path);
        if (difference.was) addText(node, "was", *difference.was);
        if (difference.becomes) addText(node, "becomes", *difference.becomes);
        list.children.push_back(std::move(node));
    }
    return list;
}

Node reasonsNode(const Reread& reread) {
    Node list = document::arrayNode("reasons");
    for (const auto& problem : reread.problems) {
        Node node = document::objectNode();
        addText(node, "code", std::string(entryOf(problem.code).name));
        addText(node, "path", problem.path);
        addNumber(node, "line", static_cast<std::int64_t>(problem.position.line));
        const auto text = base::render(problem);
        addText(node, "vi", text.vi);
        addText(node, "en", text.en);
        list.children.push_back(std::move(node));
    }
    return list;
}

class Reprocessing {
  public:
    Reprocessing(const exchange::Snapshot& snapshot, const exchange::Identity& identity,
                 Asked asked) :
        rereading_(snapshot, identity), asked_(std::move(asked)) {}

    void read(store::StoreView& view) {
        view.cases().forEachMessage(0, [this](const store::MessageRecord& kept) {
            if (!asked_.means(kept.agency, kept.messageId, kept.receivedAt)) return true;
            if (const auto reread = rereading_.message(kept, asked_.mapping)) {
                Node node = document::objectNode();
                addText(node, "receipt", kept.receiptId);
                if (!kept.caseId.empty()) addText(node, "case", kept.caseId);
                tell(kept.agency, kept.messageId, kept.receivedAt, *reread, std::move(node));
            }
            return true;
        });
        view.forEachRefusal([this](const store::RefusalRecord& kept) {
            if (!asked_.means(kept.agency, kept.messageId, kept.at)) return true;
            if (const auto reread = rereading_.refusal(kept, asked_.mapping)) {
                Node node = document::objectNode();
                addText(node, "refusal", kept.refusalId);
                addText(node, "code", kept.code);
                tell(kept.agency, kept.messageId, kept.at, *reread, std::move(node));
            }
            return true;
        });
    }

    /// Records each difference at the running gateway; what came of it stands beside it.
    void apply(const Arguments& arguments) {
        for (auto& node : list_.children) {
            if (textOf(node, "verdict") != model::nameOf(RereadVerdict::Differs)) continue;
            const auto answer = askOperator(arguments, "/v1/readings",
                                            textBody({{"agency", textOf(node, "agency")},
                                                      {"messageId", textOf(node, "messageId")},
                                                      {"mapping", textOf(node, "mapping")},
                                                      {"reason", arguments.need("reason")}}));
            auto tree = document::readJson(answer.body, document::kOwnBounds);
            if (!tree) throw CommandFailure(kExitUnreachable, "the gateway's answer is no JSON");
            const auto* act = tree->root.child("act");
            const auto* reason = tree->root.child("reason");
            failed_ = failed_ || !act;
            addText(node, act ? "act" : "notRecorded",
                    act      ? act->value
                    : reason ? reason->value
                             : answer.body);
        }
    }

    [[nodiscard]] bool allSame() const { return list_.children.empty(); }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] Node told() && {
        Node root = document::objectNode();
        if (!asked_.mapping.empty()) addText(root, "mapping", asked_.mapping);
        for (const auto& entry : model::Names<RereadVerdict>::table) {
            const auto found = counts_.find(entry.first);
            addNumber(root, std::string(entry.second), found == counts_.end() ? 0 : found->second);
        }
        root.children.push_back(std::move(list_));
        return root;
    }

  private:
    static std::string textOf(const Node& node, std::string_view name) {
        const auto* child = node.child(name);
        return child ? child->value : std::string();
    }
    void tell(const std::string& agency, const std::string& id, base::Timestamp at,
              const Reread& reread, Node about) {
        ++counts_[reread.verdict];
        if (reread.verdict == RereadVerdict::Same || reread.verdict == RereadVerdict::StillRefused)
            return;
        Node node = document::objectNode();
        addText(node, "verdict", std::string(model::nameOf(reread.verdict)));
        addText(node, "agency", agency);
        addText(node, "messageId", id);
        addText(node, "receivedAt", base::formatTimestamp(at));
        for (auto& child : about.children) node.children.push_back(std::move(child));
        if (!reread.wasId.empty()) addText(node, "was", reread.wasId);
        if (reread.by) addText(node, "mapping", reread.by->name());
        if (reread.verdict == RereadVerdict::Differs)
            node.children.push_back(differencesNode(reread));
        if (!reread.problems.empty()) node.children.push_back(reasonsNode(reread));
        list_.children.push_back(std::move(node));
    }

    exchange::Rereading rereading_;
    Asked asked_;
    std::map<RereadVerdict, std::int64_t> counts_;
    Node list_ = document::arrayNode("messages");
    bool failed_ = false;
};

}  // namespace

int reprocessCommand(const Words& words) {
    const Arguments arguments(
        words, {"config", "store", "mapping", "from", "to", "agency", "socket", "reason"},
        {"apply", "json"});
    const auto& ids = arguments.positional();
    Asked asked{arguments.get("mapping"),
                arguments.get("agency"),
                dayIn(arguments, "from"),
                dayIn(arguments, "to"),
                {ids.begin(), ids.end()}};
    if (arguments.has("apply")) {
        static_cast<void>(arguments.need("reason"));
        static_cast<void>(arguments.need("socket"));
    }
    const std::filesystem::path file = arguments.need("config");
    const auto config = configFrom(layerSettings(file, {}), file);
    const server::PushedClock clock(config.pushedClock);
    const auto snapshot =
        fromInput([&] { return SnapshotAreas(config, clock, keptIn(config)).load(nullptr); });
    const auto& mapping = asked.mapping;
    if (const auto* plan = snapshot->mappings->find(mapping);
        !mapping.empty() && (!plan || !plan->inward()))
        throw InputError("no mapping reads as " + mapping);
    Reprocessing run(*snapshot, config.identity, std::move(asked));
    const std::filesystem::path storeFile = arguments.get("store", config.storeFile.string());
    if (!std::filesystem::is_regular_file(storeFile))
        throw InputError(storeFile.string() + ": there is no such file");
    run.read(*store::sqlite::SqliteStore::viewOfFile(storeFile));
    const bool same = run.allSame();
    if (arguments.has("apply")) run.apply(arguments);
    const bool failed = run.failed();
    printAnswer(document::writeJson(std::move(run).told()), arguments.has("json"));
    return same || (arguments.has("apply") && !failed) ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
