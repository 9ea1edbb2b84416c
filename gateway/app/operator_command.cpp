#include <iostream>

#include "gateway/app/arguments.h"
#include "gateway/app/commands.h"
#include "gateway/app/exit_codes.h"
#include "gateway/app/files.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/server/operator_client.h"

namespace gateway::app {
namespace {

using document::Node;

// A backup or a rebuild of a large store takes its time.
constexpr std::chrono::minutes kPatience{30};

int exitCodeOf(int status) {
    if (status == 200) return kExitOk;
    if (status == 404) return kExitNotFound;
    return status == 409 ? kExitRefused : kExitTransport;
}

void printLines(const Node& node, const std::string& indent) {
    for (const auto& child : node.children) {
        if (child.isLeaf()) {
            std::cout << indent << (child.name.empty() ? "-" : child.name + ":") << ' '
                      << child.value << '\n';
            continue;
        }
        std::cout << indent << (child.name.empty() ? "-" : child.name + ":") << '\n';
        printLines(child, indent + "  ");
    }
}

// A refusal of the socket itself is told like every other problem of a command.
void print(const std::string& body, bool json) {
    auto tree = document::readJson(body);
    if (!tree) throw CommandFailure(kExitTransport, "not an answer of a gateway: " + body);
    if (const auto* detail = tree->root.child("detail")) {
        auto problem = document::stringNode("problem", detail->value);
        tree->root.children.insert(tree->root.children.begin(), std::move(problem));
    }
    if (json)
        std::cout << document::writeJson(tree->root) << '\n';
    else
        printLines(tree->root, "");
}

server::OperatorAnswer ask(const Arguments& arguments, const std::string& path,
                           const std::optional<std::string>& body) {
    auto answer = server::callOperator(arguments.need("socket"), path, body, kPatience);
    if (!answer)
        throw CommandFailure(kExitUnreachable, "no gateway answers at " + arguments.need("socket"));
    return std::move(*answer);
}

int call(const Arguments& arguments, const std::string& path,
         const std::optional<std::string>& body) {
    const auto answer = ask(arguments, path, body);
    print(answer.body, arguments.has("json"));
    return exitCodeOf(answer.status);
}

std::string textBody(std::initializer_list<std::pair<const char*, std::string>> members) {
    Node node = document::objectNode();
    for (const auto& [name, value] : members)
        node.children.push_back(document::stringNode(name, value));
    return document::writeJson(node);
}

std::string onlyPositional(const Arguments& arguments, const char* what) {
    if (arguments.positional().size() != 1) throw UsageError(std::string("needs ") + what);
    return arguments.positional().front();
}

// The clean flag decides: a difference is a negative verdict, not a failure of the command.
int rebuild(const Arguments& arguments) {
    const auto answer = ask(arguments, "/v1/rebuild", "{}");
    print(answer.body, arguments.has("json"));
    if (answer.status != 200) return exitCodeOf(answer.status);
    const auto tree = document::readJson(answer.body);
    const auto* clean = tree ? tree->root.child("clean") : nullptr;
    return clean && clean->value == "true" ? kExitOk : kExitRefused;
}

// A day begins at midnight in Viet Nam.
std::string instantOf(const std::string& text) {
    if (const auto day = base::parseDate(text))
        return base::formatTimestamp(std::chrono::sys_days(*day) - std::chrono::hours(7));
    if (!base::parseTimestamp(text))
        throw UsageError("--before wants a date (2026-01-31) or an instant: " + text);
    return text;
}

int archive(const Arguments& arguments) {
    const auto to = std::filesystem::absolute(arguments.need("to"));
    return call(arguments, "/v1/archive",
                textBody({{"before", instantOf(arguments.need("before"))}, {"to", to.string()}}));
}

}  // namespace

int operatorCommand(const std::string& command, const Words& words) {
    std::set<std::string> named = {"socket"};
    if (command == "rebuild") named.insert({"file", "trust"});
    if (command == "resend") named.insert("reason");
    if (command == "archive") named.insert({"before", "to"});
    const Arguments arguments(words, named, {"json"});
    if (arguments.has("trust") && !arguments.has("file"))
        throw UsageError("--trust belongs to --file: the gateway knows its own seals");
    if (command == "status") return call(arguments, "/v1/status", std::nullopt);
    if (command == "archive") return archive(arguments);
    if (command == "archived")
        return call(arguments, "/v1/archived",
                    textBody({{"id", onlyPositional(arguments, "an id or a digest")}}));
    if (command == "storage") return call(arguments, "/v1/storage", std::nullopt);
    if (command == "dead-letters") return call(arguments, "/v1/dead-letters", std::nullopt);
    if (command == "reload") return call(arguments, "/v1/reload", "{}");
    if (command == "rebuild")
        return arguments.has("file") ? rebuildFile(arguments.get("file"), arguments.get("trust"),
                                                   arguments.has("json"))
                                     : rebuild(arguments);
    if (command == "resend")
        return call(arguments, "/v1/resend",
                    textBody({{"item", onlyPositional(arguments, "an item id")},
                              {"reason", arguments.need("reason")}}));
    const auto path = std::filesystem::absolute(onlyPositional(arguments, "a file"));
    return call(arguments, "/v1/backup", textBody({{"path", path.string()}}));
}

int doorCommand(const Words& words) {
    const Arguments arguments(words, {"socket"}, {"json"});
    if (onlyPositional(arguments, "what to tell: refusals") != "refusals")
        throw UsageError("unknown: door " + arguments.positional().front());
    return call(arguments, "/v1/door-refusals", std::nullopt);
}

int agencyCommand(const Words& words) {
    if (words.empty()) throw UsageError("agency list|add-channel|add-signer|revoke");
    const std::string& act = words.front();
    const Arguments arguments(Words(words.begin() + 1, words.end()),
                              {"socket", "agency", "id", "certificate", "sha256", "carries"},
                              {"json", "no-read"});
    if (act == "list") return call(arguments, "/v1/agencies", std::nullopt);
    Node body = document::objectNode();
    const auto add = [&body](const char* name, std::string value) {
        body.children.push_back(document::stringNode(name, std::move(value)));
    };
    add("act", act);
    add("agency", arguments.need("agency"));
    if (act == "revoke") {
        add("sha256", arguments.need("sha256"));
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
    return call(arguments, "/v1/registrations", document::writeJson(body));
}

}  // namespace gateway::app
