#include "gateway/app/authors/explained_message.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "gateway/app/authors/explained_store.h"
#include "gateway/app/authors/sample_trial.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/records/rereading.h"

namespace gateway::app {
namespace {

using document::Node;
using exchange::Rereading;

// Of each name; an id that more are called by than this names nothing.
constexpr std::size_t kMostCandidates = 10;

/// What is called by one name. Each once, the newest first.
struct Called {
    std::map<std::int64_t, store::FoundMessage, std::greater<>> messages;
    std::map<std::int64_t, store::RefusalRecord, std::greater<>> refusals;
};

template <class Search>
std::vector<Search> searchesFor(const std::string& id, const std::string& agency,
                                std::string Search::*ownId) {
    std::vector<Search> searches(3);
    searches[0].messageId = id;
    searches[1].*ownId = id;
    searches[2].digest = id;
    for (auto& search : searches) search.agency = agency;
    return searches;
}

Called called(store::LogSearch& log, const std::string& id, const std::string& agency) {
    Called found;
    for (const auto& search : searchesFor(id, agency, &store::MessageSearch::receiptId))
        for (auto& one : log.messages(search, 0, kMostCandidates))
            found.messages.try_emplace(one.message.position, std::move(one));
    for (const auto& search : searchesFor(id, agency, &store::RefusalSearch::refusalId))
        for (auto& one : log.refusals(search, 0, kMostCandidates))
            found.refusals.try_emplace(one.number, std::move(one));
    return found;
}

// The search leaves bodies out.
store::MessageRecord whole(store::StoreView& view, std::int64_t position) {
    store::MessageRecord message;
    view.cases().forEachMessage(position - 1, [&message](const store::MessageRecord& kept) {
        message = kept;
        return false;
    });
    return message;
}

[[noreturn]] void several(const std::string& id, const std::string& what) {
    throw InputError("several are called " + id + "; name one by the id of its receipt or refusal" +
                     " (or its sender by --agency):" + what);
}

std::string named(const Called& found) {
    std::string names;
    for (const auto& [position, one] : found.messages)
        names += "\n  receipt " + one.message.receiptId + " of " + one.message.agency + ", " +
                 base::formatTimestamp(one.message.receivedAt);
    for (const auto& [number, one] : found.refusals)
        names += "\n  refusal " + one.refusalId + " of " + (one.agency.empty() ? "?" : one.agency) +
                 ", " + base::formatTimestamp(one.at) + ", " + one.code;
    return names;
}

void explain(Explained& explained, const Rereading::InFull& read) {
    explained.mapping = read.by->name();
    explained.source = read.text;
    Node problems = document::arrayNode("problems");
    if (read.read) {
        explained.result = read.by->textOfOurs(read.read->ours);
        explained.told.children.push_back(reportNode(read.read->report));
    } else {
        for (const auto& problem : read.read.error())
            problems.children.push_back(problemNode(problem));
    }
    explained.told.children.push_back(std::move(problems));
}

// What the gateway said of it then, before how it is read.
Explained head(const std::string& agency, const std::string& messageId, const char* verdict) {
    Explained explained;
    explained.name = agency + " " + messageId;
    Node kept = document::objectNode("kept");
    addText(kept, "verdict", verdict);
    addText(kept, "agency", agency);
    addText(kept, "messageId", messageId);
    explained.told.children.push_back(std::move(kept));
    return explained;
}

Explained ofTaken(const store::MessageRecord& message, bool waits, const Rereading& rereading,
                  const std::string& mapping) {
    const std::string called = message.agency + " " + message.messageId;
    if (message.body.empty())
        throw InputError(
            called + ": its bytes are " +
            (message.archivedIn.empty() ? "not kept" : "in the archive " + message.archivedIn) +
            ", not in the store");
    const auto read = rereading.inFull(message, mapping);
    if (!read)
        throw InputError(called + ": no mapping of now " +
                         (mapping.empty() ? "reads what " + message.mappingId + " has read"
                                          : "that reads is called " + mapping));
    auto explained = head(message.agency, message.messageId, waits ? "parked" : "accepted");
    Node& kept = explained.told.children.front();
    addText(kept, "receipt", message.receiptId);
    addText(kept, "at", base::formatTimestamp(message.receivedAt));
    if (!message.caseId.empty()) addText(kept, "case", message.caseId);
    explain(explained, *read);
    return explained;
}

Explained ofRefused(const store::RefusalRecord& refusal, const Rereading& rereading,
                    const std::string& mapping) {
    const std::string was = "was refused by " + refusal.code + " (refusal " + refusal.refusalId +
                            ", " + base::formatTimestamp(refusal.at) + ")";
    if (refusal.agency.empty())
        throw InputError("what is called so " + was + " before anything read it: who had signed " +
                         "it was not established, so no mapping is its own");
    const std::string called = refusal.agency + " " + refusal.messageId + " " + was;
    if (refusal.bytes.empty())
        throw InputError(called + "; its bytes have given way to later ones");
    const auto read = rereading.inFull(refusal, mapping);
    if (!read)
        throw InputError(called + "; " +
                         (mapping.empty() ? "no mapping of its sender takes it now, or it is "
                                            "nothing without the signature that came beside it; "
                                            "name a mapping by --mapping"
                                          : mapping + " does not take it"));
    auto explained = head(refusal.agency, refusal.messageId, "refused");
    Node& kept = explained.told.children.front();
    addText(kept, "refusal", refusal.refusalId);
    addText(kept, "at", base::formatTimestamp(refusal.at));
    addText(kept, "code", refusal.code);
    explain(explained, *read);
    return explained;
}

}  // namespace

Explained explainedMessage(const std::string& id, const Arguments& arguments) {
    const ExplainedStore kept(arguments);
    const auto found = called(kept.view().search(), id, arguments.get("agency"));
    if (found.messages.empty() && found.refusals.empty())
        throw CommandFailure(
            kExitNotFound, "no message, receipt, refusal or digest of this store is called " + id +
                               " (an answer to a query is not a message)");
    // One that was taken in the end is meant rather than its refused attempts.
    if (found.messages.size() > 1 || (found.messages.empty() && found.refusals.size() > 1))
        several(id, named(found));
    const auto snapshot = kept.snapshot();
    const Rereading rereading(*snapshot, kept.config().identity);
    const std::string mapping = arguments.get("mapping");
    if (found.messages.empty())
        return ofRefused(found.refusals.begin()->second, rereading, mapping);
    const auto& [position, message] = *found.messages.begin();
    return ofTaken(whole(kept.view(), position), message.waiting, rereading, mapping);
}

}  // namespace gateway::app
