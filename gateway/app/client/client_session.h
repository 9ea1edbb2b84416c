#pragma once
// What all client commands share: who we are to which gateway, and how an answer is told.

#include <memory>
#include <optional>
#include <string>

#include "gateway/app/client/agency_client.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/document/tree.h"

namespace gateway::app {

/// The gateway and the seal that the options name. Throws UsageError and InputError.
struct ClientSession {
    explicit ClientSession(const Arguments& arguments);

    AgencyClient client;
    bool wantsSeal;  ///< --gateway-seal was given: a good answer must carry that seal
    std::unique_ptr<trust::Signer> signer;
    std::optional<trust::Seal> seal;
};

/// The class of an answer. `wantsSeal` is for answers that are signed when they are good.
[[nodiscard]] ExitCode exitCodeOf(const CheckedAnswer& answer, bool wantsSeal);

/// {"status", "verified"?, "content"?} of an answer that came, {"problem"} of one that did not.
[[nodiscard]] document::Node answerNode(const CheckedAnswer& answer, bool wantsSeal);

/// Prints an answer, with --save keeps its bytes, and gives its exit code; throws CommandFailure
/// if none came or it cannot be kept.
int finish(const CheckedAnswer& answer, const Arguments& arguments, bool wantsSeal);

/// The answer's bytes as they came. Throws InputError if they cannot be written.
void keepAnswer(const CheckedAnswer& answer, const std::string& file);

/// "name=value" for a query, the value percent-encoded: ids may hold '#', '%', '+'.
[[nodiscard]] std::string parameter(const char* name, const std::string& value);

/// "agency=CODE" behind the separator when --agency was given.
[[nodiscard]] std::string forAgency(const Arguments& arguments, const char* separator);

/// client send, client query: signs what a file holds and posts it; a spreadsheet, known by its
/// name, is told row by row.
int clientSend(const Arguments& arguments, const std::string& path);

/// client mailbox: lists, takes and acknowledges.
int clientMailbox(const Arguments& arguments);

/// client hand-over: plans, tries and sends the hand-over of many cases.
int clientHandOver(const Arguments& arguments);

}  // namespace gateway::app
