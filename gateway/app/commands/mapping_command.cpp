#include "gateway/app/operators/operator_call.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"

namespace gateway::app {

int mappingCommand(const Words& words) {
    constexpr const char* kUse = "mapping list|check ID@VERSION|activate ID@VERSION|rollback ID";
    if (words.empty()) throw UsageError(kUse);
    const std::string& act = words.front();
    const Arguments arguments(Words(words.begin() + 1, words.end()), {"socket"}, {"json"});
    const auto& names = arguments.positional();
    if (act == "list" && names.empty())
        return callOperator(arguments, "/v1/mappings", std::nullopt);
    if ((act != "check" && act != "activate" && act != "rollback") || names.size() != 1)
        throw UsageError(kUse);
    const auto answer = askOperator(arguments, "/v1/mappings",
                                    textBody({{"act", act}, {"mapping", names.front()}}));
    printAnswer(answer.body, arguments.has("json"));
    if (answer.status != 200) return exitCodeOf(answer);
    // A sample that fails is a negative verdict, not a failure of the command.
    const auto tree = document::readJson(answer.body);
    const auto* done = tree ? tree->root.child("done") : nullptr;
    return done && done->value == "true" ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
