#include <charconv>
#include <fstream>
#include <iostream>
#include <thread>

#include "gateway/app/client/client_session.h"
#include "gateway/app/client/files.h"
#include "gateway/app/client/hand_over.h"
#include "gateway/base/ids.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"

namespace gateway::app {
namespace {

using document::Node;

constexpr std::int64_t kCasesAtOnce = 200;
constexpr int kMostPauses = 20;
constexpr std::chrono::seconds kLongestPause{60};

const Node* at(const Node& node, std::initializer_list<const char*> path) {
    const Node* found = &node;
    for (const auto* name : path) {
        found = found->kind == document::Kind::Array
                    ? (found->children.empty() ? nullptr : &found->children.front())
                    : found->child(name);
        if (!found) return nullptr;
    }
    return found;
}

std::string textAt(const Node& node, std::initializer_list<const char*> path) {
    const auto* found = at(node, path);
    return found ? found->value : std::string();
}

// The gateway over its door, with a pause whenever it asks for one.
class OverHttps final : public HandOverGateway {
  public:
    explicit OverHttps(ClientSession& session) : session_(session) {}

    CheckedAnswer post(const std::string& path, const model::Message& message) {
        const auto text = document::writeJson(mapping::unbindMessage(message));
        for (int pauses = 0;; ++pauses) {
            const auto sent =
                signForSending(text, &*session_.seal, std::nullopt, base::SystemClock().now());
            auto answer = session_.client.post(path, sent.mediaType, sent.body);
            if (answer.call.kind != server::CallOutcome::Kind::Answered ||
                answer.call.status != 429 || pauses == kMostPauses)
                return answer;
            std::this_thread::sleep_for(pauseIn(answer));
        }
    }

    HandOverWord send(const model::Message& message, bool dryRun) override {
        using Kind = HandOverWord::Kind;
        const auto answer = post(dryRun ? "/v1/messages?dry-run" : "/v1/messages", message);
        const auto code = exitCodeOf(answer, session_.wantsSeal);
        if (code == kExitOk) return {Kind::Accepted, {}};
        const auto tree = document::readJson(answer.payload);
        if (code != kExitRefused || !tree)
            return {Kind::Unknown, answer.call.reason.empty()
                                       ? "HTTP " + std::to_string(answer.call.status)
                                       : answer.call.reason};
        const auto reason = [&tree](const char* member) {
            return textAt(tree->root, {"refusal", "reasons", "0", member});
        };
        return {Kind::Refused, reason("code") + ": " + reason("vi") + " · " + reason("en")};
    }

    bool hasTaken(const std::string& messageId) override {
        const auto answer = session_.client.get("/v1/messages?" + parameter("id", messageId));
        const auto code = exitCodeOf(answer, session_.wantsSeal);
        if (code != kExitOk && code != kExitNotFound)
            throw CommandFailure(code, "cannot be asked for: " + messageId);
        return code == kExitOk;
    }

  private:
    static std::chrono::seconds pauseIn(const CheckedAnswer& answer) {
        const auto said = answer.call.headers.find("Retry-After");
        int seconds = 1;
        if (said != answer.call.headers.end())
            std::from_chars(said->second.data(), said->second.data() + said->second.size(),
                            seconds);
        return std::clamp(std::chrono::seconds(seconds), std::chrono::seconds(1), kLongestPause);
    }

    ClientSession& session_;
};

std::string addressOf(ClientSession& session) {
    const auto answer = session.client.get("/v1/whoami");
    const auto tree = document::readJson(answer.payload);
    auto address = tree ? textAt(tree->root, {"gateway"}) : std::string();
    if (address.empty())
        throw CommandFailure(kExitUnreachable,
                             "the gateway does not say who it is: " + answer.call.reason);
    return address;
}

// All cases that the office sees, page by page.
void chooseCases(OverHttps& gateway, const HandOverChoice& choice, HandOverPlan& plan) {
    model::MonitoringQuery query;
    query.pageSize = kCasesAtOnce;
    do {
        model::Message message;
        message.envelope.to = plan.gateway;
        message.envelope.type = model::MessageType::MonitoringQuery;
        message.envelope.created = base::SystemClock().now();
        message.envelope.id = base::newId("hoq", message.envelope.created);
        message.payload = query;
        const auto answer = gateway.post("/v1/queries", message);
        const auto code = exitCodeOf(answer, true);
        const auto tree = document::readJson(answer.payload);
        const auto* found = tree ? tree->root.child("queryAnswer") : nullptr;
        if (code != kExitOk || !found)
            throw CommandFailure(code == kExitOk ? kExitRefused : code,
                                 "the cases cannot be listed: " + answer.payload);
        const auto read = mapping::fromNode<model::QueryAnswer>(*found);
        if (!read)
            throw CommandFailure(
                kExitBadData,
                "the answer is none of the case model in JSON: register the office "
                "for it, or list the cases in the plan by hand");
        for (const auto& view : read->cases) choose(view, choice, plan);
        query.cursor = read->nextCursor;
    } while (!query.cursor.empty());
}

void keep(const HandOverPlan& plan, const std::string& file) {
    base::replaceFile(file, document::writeJsonPretty(mapping::toNode(plan)) + "\n");
}

HandOverPlan readPlan(const std::string& file) {
    const auto tree = document::readJson(readFile(file));
    if (tree)
        if (auto plan = mapping::fromNode<HandOverPlan>(tree->root)) return std::move(plan).value();
    throw InputError(file + ": is no plan of a hand-over");
}

int report(const HandOverPlan& plan, const Arguments& arguments) {
    std::size_t refused = 0, open = 0;
    for (const auto& line : plan.lines) {
        refused += line.outcome == HandOverOutcome::Refused ? 1 : 0;
        open += line.outcome == HandOverOutcome::Sent ? 1 : 0;
    }
    if (arguments.has("json")) {
        std::cout << document::writeJson(mapping::toNode(plan)) << '\n';
    } else {
        for (const auto& line : plan.lines)
            std::cout << model::nameOf(line.outcome) << "  " << line.ruling << "  " << line.caseId
                      << (line.reason.empty() ? "" : "  " + line.reason) << '\n';
        std::cout << plan.lines.size() << " cases, " << refused << " refused\n";
    }
    if (open > 0) return kExitOutcomeUnknown;
    return refused > 0 ? kExitRefused : kExitOk;
}

HandOverPlan planned(const Arguments& arguments, ClientSession& session, OverHttps& gateway,
                     const std::string& file) {
    if (std::ifstream(file)) throw UsageError(file + " is there already: --apply sends it");
    HandOverPlan plan;
    const auto day = base::parseDate(arguments.need("on"));
    if (!day) throw UsageError("--on is no day: yyyy-MM-dd");
    plan.on = *day;
    plan.to = arguments.need("to-officer");
    plan.from = arguments.get("from-officer");
    plan.reason = arguments.need("reason");
    plan.gateway = addressOf(session);
    chooseCases(gateway, {plan.from, arguments.get("office"), arguments.get("court")}, plan);
    preview(plan, gateway, base::SystemClock().now());
    keep(plan, file);
    return plan;
}

}  // namespace

int clientHandOver(const Arguments& arguments) {
    for (const auto* option : {"seal-key", "gateway-seal"})
        static_cast<void>(arguments.need(option));
    ClientSession session(arguments);
    OverHttps gateway(session);
    const auto file = arguments.need("plan");
    if (!arguments.has("apply"))
        return report(planned(arguments, session, gateway, file), arguments);
    auto plan = readPlan(file);
    static_cast<void>(apply(
        plan, gateway, [] { return base::SystemClock().now(); },
        [&file](const HandOverPlan& now) { keep(now, file); }));
    return report(plan, arguments);
}

}  // namespace gateway::app
