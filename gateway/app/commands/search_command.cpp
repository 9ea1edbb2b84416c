// messages find, audit: what was said, what was refused, who has read what.

#include <array>
#include <iostream>

#include "gateway/app/operators/operator_call.h"
#include "gateway/app/settings/commands.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

/// An option of the command, and the member of the question that it becomes.
struct Member {
    const char* option;
    const char* member;
};
constexpr std::array kCommon = {Member{"agency", "agency"}, Member{"channel", "channel"},
                                Member{"from", "from"},     Member{"until", "until"},
                                Member{"before", "before"}, Member{"limit", "limit"}};
constexpr std::array kOfBoth = {Member{"id", "id"}, Member{"digest", "digest"}};
constexpr std::array kOfMessages = {Member{"receipt", "receipt"},    Member{"case", "case"},
                                    Member{"court", "court"},        Member{"number", "number"},
                                    Member{"issued-on", "issuedOn"}, Member{"type", "type"}};
constexpr std::array kOfRefusals = {Member{"refusal", "refusal"}, Member{"code", "code"}};
constexpr std::array kOfReads = {Member{"case", "case"}, Member{"item", "item"}};

void name(std::set<std::string>& valued, const auto& members) {
    for (const auto& one : members) valued.insert(one.option);
}
void put(Node& question, const Arguments& arguments, const auto& members) {
    for (const auto& [option, member] : members)
        if (arguments.has(option))
            question.children.push_back(document::stringNode(member, arguments.get(option)));
}
const char* firstGiven(const Arguments& arguments, const auto& members) {
    for (const auto& one : members)
        if (arguments.has(one.option)) return one.option;
    return nullptr;
}

int find(const Arguments& arguments, const char* what, const Node& question) {
    return callOperator(arguments, std::string("/v1/find/") + what, document::writeJson(question));
}

// Both lists as one answer: an operator who has an id does not know what became of it.
int findBoth(const Arguments& arguments, const Node& question) {
    Node all = document::objectNode();
    for (const char* what : {"messages", "refusals"}) {
        const auto answer =
            askOperator(arguments, std::string("/v1/find/") + what, document::writeJson(question));
        auto tree = document::readJson(answer.body, document::kOwnBounds);
        if (answer.status != 200 || !tree) {
            printAnswer(answer.body, arguments.has("json"));
            return exitCodeOf(answer);
        }
        for (auto& child : tree->root.children) {
            if (child.name == "next" && what == std::string("refusals")) child.name = "nextRefusal";
            all.children.push_back(std::move(child));
        }
    }
    printAnswer(document::writeJson(all), arguments.has("json"));
    return kExitOk;
}

}  // namespace

int messagesCommand(const Words& words) {
    if (words.empty() || words.front() != "find") throw UsageError("messages find");
    std::set<std::string> valued = {"socket", "verdict"};
    name(valued, kCommon);
    name(valued, kOfBoth);
    name(valued, kOfMessages);
    name(valued, kOfRefusals);
    const Arguments arguments(Words(words.begin() + 1, words.end()), valued, {"json"});
    if (!arguments.positional().empty())
        throw UsageError("not an option: " + arguments.positional().front());
    const auto verdict = arguments.get("verdict");
    const auto* const ofMessages = firstGiven(arguments, kOfMessages);
    const auto* const ofRefusals = firstGiven(arguments, kOfRefusals);
    Node question = document::objectNode();
    put(question, arguments, kCommon);
    put(question, arguments, kOfBoth);
    put(question, arguments, kOfMessages);
    put(question, arguments, kOfRefusals);
    if (verdict == "refused" || (verdict.empty() && ofRefusals)) {
        if (ofMessages) throw UsageError(std::string("no refusal has --") + ofMessages);
        return find(arguments, "refusals", question);
    }
    if (ofRefusals) throw UsageError(std::string("only what is refused has --") + ofRefusals);
    if (verdict == "parked")
        question.children.push_back(document::stringNode("waiting", "true"));
    else if (verdict.empty() && !ofMessages && !arguments.has("before"))
        return findBoth(arguments, question);
    else if (!verdict.empty() && verdict != "accepted")
        throw UsageError("--verdict accepted|parked|refused");
    return find(arguments, "messages", question);
}

int auditCommand(const Words& words) {
    if (words.empty() || words.front() != "reads") throw UsageError("audit reads");
    std::set<std::string> valued = {"socket"};
    name(valued, kCommon);
    name(valued, kOfReads);
    const Arguments arguments(Words(words.begin() + 1, words.end()), valued, {"json"});
    if (!arguments.positional().empty())
        throw UsageError("not an option: " + arguments.positional().front());
    Node question = document::objectNode();
    put(question, arguments, kCommon);
    put(question, arguments, kOfReads);
    return find(arguments, "reads", question);
}

}  // namespace gateway::app
