#include <array>

#include "gateway/app/operators/operator_call.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

constexpr std::array<const char*, 4> kFilters = {"recipient", "source", "case", "type"};

// As a query; the values are codes and ids, in which nothing but these needs an escape.
std::string escaped(const std::string& value) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    constexpr const char* kDigits = "0123456789ABCDEF";
    std::string text;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (kPlain.find(c) != std::string_view::npos)
            text += c;
        else
            text.append("%").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 0x0FU]);
    }
    return text;
}

int list(const Arguments& arguments, const std::string& path) {
    std::string query;
    for (const char* name : {"state", "recipient", "source", "case", "type", "after", "limit"})
        if (arguments.has(name))
            query.append(query.empty() ? "?" : "&")
                .append(name)
                .append("=")
                .append(escaped(arguments.get(name)));
    return callOperator(arguments, path + query, std::nullopt);
}

std::string onlyPositional(const Arguments& arguments, const char* what) {
    if (arguments.positional().size() != 1) throw UsageError(std::string("needs ") + what);
    return arguments.positional().front();
}

// Several items are several acts; the first that is refused ends it.
template <class Act>
int each(const Arguments& arguments, const Act& act) {
    if (arguments.positional().empty()) throw UsageError("needs an item id");
    for (const auto& item : arguments.positional())
        if (const int code = act(item); code != kExitOk) return code;
    return kExitOk;
}

}  // namespace

int deadLetterCommand(const Words& words) {
    static const std::set<std::string> kActs = {"show", "note", "close", "list"};
    const bool named = !words.empty() && kActs.contains(words.front());
    const std::string act = named ? words.front() : "list";
    std::set<std::string> options = {"socket"};
    if (act == "list")
        options.insert({"state", "recipient", "source", "case", "type", "after", "limit"});
    if (act == "note") options.insert("text");
    if (act == "close") options.insert({"outcome", "reason"});
    const Arguments arguments(named ? Words(words.begin() + 1, words.end()) : words, options,
                              {"json"});
    if (act == "show")
        return callOperator(arguments,
                            "/v1/dead-letters/" + escaped(onlyPositional(arguments, "an item")),
                            std::nullopt);
    if (act == "note")
        return each(arguments, [&](const std::string& item) {
            return callOperator(arguments, "/v1/dead-letters/note",
                                textBody({{"item", item}, {"text", arguments.need("text")}}));
        });
    if (act == "close")
        return each(arguments, [&](const std::string& item) {
            return callOperator(arguments, "/v1/dead-letters/close",
                                textBody({{"item", item},
                                          {"outcome", arguments.need("outcome")},
                                          {"reason", arguments.need("reason")}}));
        });
    if (!arguments.positional().empty())
        throw UsageError("dead-letters [list] | show | note | close");
    return list(arguments, "/v1/dead-letters");
}

int waitingCommand(const Words& words) {
    const Arguments arguments(words, {"socket", "recipient", "after", "limit"}, {"json"});
    if (!arguments.positional().empty())
        throw UsageError("not an option: " + arguments.positional().front());
    return list(arguments, "/v1/waiting");
}

int resendCommand(const Words& words) {
    std::set<std::string> options = {"socket", "reason"};
    options.insert(kFilters.begin(), kFilters.end());
    const Arguments arguments(words, options, {"json", "all"});
    const auto reason = arguments.need("reason");
    if (arguments.has("all")) {
        if (!arguments.positional().empty()) throw UsageError("either --all or an item id");
        Node body = document::objectNode();
        for (const char* name : kFilters)
            if (arguments.has(name))
                body.children.push_back(document::stringNode(name, arguments.get(name)));
        body.children.push_back(document::stringNode("reason", reason));
        return callOperator(arguments, "/v1/dead-letters/resend", document::writeJson(body));
    }
    for (const char* name : kFilters)
        if (arguments.has(name)) throw UsageError(std::string("--") + name + " belongs to --all");
    return callOperator(arguments, "/v1/resend",
                        textBody({{"item", onlyPositional(arguments, "an item id, or --all")},
                                  {"reason", reason}}));
}

}  // namespace gateway::app
