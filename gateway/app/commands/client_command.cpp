#include "gateway/app/client/client_session.h"
#include "gateway/app/client/files.h"
#include "gateway/app/settings/commands.h"
#include "gateway/base/time_format.h"

namespace gateway::app {
namespace {

SignedMessage signedFile(const std::string& file, const ClientSession& session,
                         const std::optional<DetachedDetails>& detached) {
    const auto bytes = readFile(file);
    try {
        return signForSending(bytes, session.seal ? &*session.seal : nullptr, detached,
                              base::SystemClock().now());
    } catch (const UsageError&) {
        throw;
    } catch (const base::Fault& fault) {
        throw InputError(file + ": " + fault.what());
    }
}

int send(const Arguments& arguments, const std::string& path) {
    if (arguments.positional().size() != 1) throw UsageError("needs one file");
    ClientSession session(arguments);
    std::optional<DetachedDetails> detached;
    if (arguments.has("detached"))
        detached = DetachedDetails{arguments.need("to"), arguments.need("type"),
                                   arguments.need("id"), arguments.need("content-type")};
    const auto message = signedFile(arguments.positional().front(), session, detached);
    const auto answer =
        session.client.post(path + (arguments.has("dry-run") ? "?dry-run" : ""), message.mediaType,
                            message.body, message.detachedHeader);
    return finish(answer, arguments, session.wantsSeal);
}

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
    if (act == "send") return send(arguments, "/v1/messages");
    if (act == "query") return send(arguments, "/v1/queries");
    if (act == "mailbox") return clientMailbox(arguments);
    if (act == "hand-over") return clientHandOver(arguments);
    if (act == "status") return status(arguments);
    if (act == "ping") return ping(arguments);
    throw UsageError("unknown: client " + act);
}

}  // namespace gateway::app
