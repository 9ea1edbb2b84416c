#include "gateway/app/client/client_session.h"
#include "gateway/app/settings/commands.h"
#include "gateway/base/time_format.h"

namespace gateway::app {
namespace {

int status(const Arguments& arguments) {
    ClientSession session(arguments);
    const auto answer = session.client.get("/v1/messages?" + parameter("id", arguments.need("id")) +
                                           forAgency(arguments, "&"));
    return finish(answer, arguments, session.wantsSeal);
}

int ping(const Arguments& arguments) {
    ClientSession session(arguments);
    const auto answer =
        session.client.get("/v1/whoami?now=" + base::formatTimestamp(base::SystemClock().now()));
    return finish(answer, arguments, false);
}

}  // namespace

int clientCommand(const Words& words) {
    if (words.empty()) throw UsageError("client send|query|mailbox|status|hand-over|ping");
    const Arguments arguments(
        Words(words.begin() + 1, words.end()),
        {"gateway",      "certificate", "key",    "ca",    "gateway-seal", "seal-certificate",
         "seal-key",     "to",          "type",   "id",    "content-type", "agency",
         "wait",         "take",        "refuse", "save",  "as",           "plan",
         "from-officer", "to-officer",  "office", "court", "on",           "reason"},
        {"json", "dry-run", "detached", "acknowledge", "apply"});
    const std::string& act = words.front();
    if (act == "send") return clientSend(arguments, "/v1/messages");
    if (act == "query") return clientSend(arguments, "/v1/queries");
    if (act == "mailbox") return clientMailbox(arguments);
    if (act == "hand-over") return clientHandOver(arguments);
    if (act == "status") return status(arguments);
    if (act == "ping") return ping(arguments);
    throw UsageError("unknown: client " + act);
}

}  // namespace gateway::app
