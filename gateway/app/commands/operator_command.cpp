#include "gateway/app/client/files.h"
#include "gateway/app/operators/operator_call.h"
#include "gateway/app/operators/rebuild_file.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

std::string onlyPositional(const Arguments& arguments, const char* what) {
    if (arguments.positional().size() != 1) throw UsageError(std::string("needs ") + what);
    return arguments.positional().front();
}

// The clean flag decides: a difference is a negative verdict, not a failure of the command.
int rebuild(const Arguments& arguments) {
    const auto answer = askOperator(arguments, "/v1/rebuild", "{}");
    printAnswer(answer.body, arguments.has("json"));
    if (answer.status != 200) return exitCodeOf(answer);
    const auto tree = document::readJson(answer.body);
    const auto* clean = tree ? tree->root.child("clean") : nullptr;
    return clean && clean->value == "true" ? kExitOk : kExitRefused;
}

std::string instantOf(const Arguments& arguments, const char* option) {
    const auto text = arguments.need(option);
    if (const auto day = base::parseDate(text))
        return base::formatTimestamp(base::vietnamMidnight(*day));
    if (!base::parseTimestamp(text))
        throw UsageError("--" + std::string(option) +
                         " wants a date (2026-01-31) or an instant: " + text);
    return text;
}

int archive(const Arguments& arguments) {
    const auto to = std::filesystem::absolute(arguments.need("to"));
    return callOperator(
        arguments, "/v1/archive",
        textBody({{"before", instantOf(arguments, "before")}, {"to", to.string()}}));
}

// As openssl and browsers print it: capitals, a colon between two bytes.
std::string fingerprintOf(std::string text) {
    std::erase(text, ':');
    return document::lowerCaseHex(std::move(text));
}

}  // namespace

int operatorCommand(const std::string& command, const Words& words) {
    if (command == "dead-letters") return deadLetterCommand(words);
    if (command == "resend") return resendCommand(words);
    std::set<std::string> named = {"socket"};
    if (command == "rebuild") named.insert({"file", "trust"});
    if (command == "undo-transfer") named.insert("reason");
    if (command == "clock") named.insert("to");
    if (command == "archive") named.insert({"before", "to"});
    const Arguments arguments(words, named, {"json"});
    if (arguments.has("trust") && !arguments.has("file"))
        throw UsageError("--trust belongs to --file: the gateway knows its own seals");
    if (command == "status") return callOperator(arguments, "/v1/status", std::nullopt);
    if (command == "archive") return archive(arguments);
    if (command == "clock")
        return callOperator(arguments, "/v1/clock",
                            arguments.has("to")
                                ? std::optional(textBody({{"to", instantOf(arguments, "to")}}))
                                : std::nullopt);
    if (command == "archived")
        return callOperator(arguments, "/v1/archived",
                            textBody({{"id", onlyPositional(arguments, "an id or a digest")}}));
    if (command == "storage") return callOperator(arguments, "/v1/storage", std::nullopt);
    if (command == "reload") return callOperator(arguments, "/v1/reload", "{}");
    if (command == "rebuild")
        return arguments.has("file") ? rebuildFile(arguments.get("file"), arguments.get("trust"),
                                                   arguments.has("json"))
                                     : rebuild(arguments);
    if (command == "undo-transfer")
        return callOperator(arguments, "/v1/undo-transfer",
                            textBody({{"case", onlyPositional(arguments, "a case id")},
                                      {"reason", arguments.need("reason")}}));
    const auto path = std::filesystem::absolute(onlyPositional(arguments, "a file"));
    return callOperator(arguments, "/v1/backup", textBody({{"path", path.string()}}));
}

int doorCommand(const Words& words) {
    const Arguments arguments(words, {"socket"}, {"json"});
    if (onlyPositional(arguments, "what to tell: refusals") != "refusals")
        throw UsageError("unknown: door " + arguments.positional().front());
    return callOperator(arguments, "/v1/door-refusals", std::nullopt);
}

int agencyCommand(const Words& words) {
    if (words.empty()) throw UsageError("agency list|add-channel|add-signer|revoke");
    const std::string& act = words.front();
    const Arguments arguments(Words(words.begin() + 1, words.end()),
                              {"socket", "agency", "id", "certificate", "sha256", "carries"},
                              {"json", "no-read"});
    if (!arguments.positional().empty())
        throw UsageError("not an option: " + arguments.positional().front());
    if (act == "list") return callOperator(arguments, "/v1/agencies", std::nullopt);
    Node body = document::objectNode();
    const auto add = [&body](const char* name, std::string value) {
        body.children.push_back(document::stringNode(name, std::move(value)));
    };
    add("act", act);
    add("agency", arguments.need("agency"));
    if (act == "revoke") {
        add("sha256", fingerprintOf(arguments.need("sha256")));
    } else if (act == "add-signer" || act == "add-channel") {
        add("pem", readFile(arguments.need("certificate")));
        if (act == "add-channel") {
            add("id", arguments.need("id"));
            add("mayRead", arguments.has("no-read") ? "false" : "true");
            Node carries = document::arrayNode("carries");
            for (const auto& agency : splitList(arguments.get("carries")))
                carries.children.push_back(document::stringNode("", agency));
            body.children.push_back(std::move(carries));
        }
    } else {
        throw UsageError("unknown: agency " + act);
    }
    return callOperator(arguments, "/v1/registrations", document::writeJson(body));
}

}  // namespace gateway::app
