#include "gateway/server/operators/operator_api.h"

#include <pwd.h>

#include <array>

#include "gateway/base/limits.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/document/text.h"
#include "gateway/server/door/metrics.h"
#include "gateway/server/operators/archive_nodes.h"
#include "gateway/server/operators/mapping_nodes.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Node;

Response jsonResponse(const Node& node, int status = 200) {
    return {status, "application/json", {}, document::writeJson(node)};
}

Response stateResponse(bool done, const std::string& reason = {}) {
    Node node = document::objectNode();
    addFlag(node, "done", done);
    addText(node, "reason", reason);
    return jsonResponse(node, done ? 200 : 409);
}

// The operator's user name; asked for by every act.
std::string operatorOf(const Request& request) {
    return request.localPeer ? userNamed(request.localPeer->uid) : "unknown";
}

// The request's JSON object; an empty body is an empty object.
base::Result<Node> bodyOf(const Request& request) {
    if (request.body.empty()) return document::objectNode();
    auto tree = document::readJson(request.body);
    if (!tree) return std::move(tree).error();
    return std::move(tree->root);
}

std::string memberOf(const Node& object, const char* name) {
    const auto* member = object.child(name);
    return member ? member->value : std::string();
}

// What its authority's lists say of a registered certificate.
void addStanding(Node& entry, const exchange::Snapshot& snapshot,
                 const trust::Certificate& certificate, base::Timestamp now,
                 std::chrono::seconds grace) {
    const auto status = snapshot.revocation->statusOf(certificate, now, grace);
    const auto word = [&] {
        switch (status.standing) {
            case trust::Standing::Good: return "good";
            case trust::Standing::GoodInGrace: return "in-grace";
            case trust::Standing::Revoked: return "revoked";
            case trust::Standing::Stale: return "stale";
            case trust::Standing::NoList: return "no-list";
        }
        return "";
    };
    addText(entry, "authority", word());
    if (status.revokedAt)
        addText(entry, "authorityRevokedAt", base::formatTimestamp(*status.revokedAt));
}

Response badParameter(const Request& request, const std::string& name) {
    return problemResponse(Problem(ErrorCode::HTTP_BAD_PARAMETER).with("name", name),
                           request.correlation);
}

}  // namespace

std::string userNamed(std::uint32_t uid) {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return std::string(found->pw_name) + "/" + std::to_string(uid);
    return "uid/" + std::to_string(uid);
}

Node rebuildNode(const exchange::RebuildReport& report) {
    Node node = document::objectNode();
    addFlag(node, "clean", report.clean());
    addNumber(node, "messages", static_cast<std::int64_t>(report.messages));
    addNumber(node, "cases", static_cast<std::int64_t>(report.cases));
    addNumber(node, "parked", static_cast<std::int64_t>(report.parked));
    addNumber(node, "archived", static_cast<std::int64_t>(report.archived));
    addNumber(node, "unvouchedReceipts", static_cast<std::int64_t>(report.unvouched));
    Node differences = document::arrayNode("differences");
    for (const auto& difference : report.differences)
        differences.children.push_back(document::stringNode("", difference));
    node.children.push_back(std::move(differences));
    return node;
}

// What could not be recorded was not done either.
Response OperatorApi::handle(const Request& request) {
    try {
        return route(request);
    } catch (const store::StoreFull&) {
        return problemResponse(Problem(ErrorCode::STORAGE_SHORT), request.correlation,
                               base::kSpacePause);
    } catch (const store::StoreBusy&) {
        return problemResponse(Problem(ErrorCode::OVERLOADED), request.correlation);
    }
}

Response OperatorApi::route(const Request& request) {
    const std::string& path = request.path;
    const bool post = request.method == "POST";
    if (auto answer = deadLetters_.handle(request, operatorOf(request))) return *std::move(answer);
    if (!request.query.empty()) return badParameter(request, request.query.begin()->first);
    if (!post) {
        if (auto seen = looked(path)) return *std::move(seen);
        if (path == "/v1/door-refusals") return doorRefusals();
        if (path == "/v1/storage") return jsonResponse(services_.storage());
        if (path == "/v1/agencies") return agencies();
        if (path == "/v1/clock") return clock();
        if (path == "/v1/mappings") return mappings();
    } else {
        if (auto found = search_.handle(request)) return *std::move(found);
        if (path == "/v1/undo-transfer") return undoTransfer(request);
        if (path == "/v1/backup") return backup(request);
        if (path == "/v1/archive") return archive(request);
        if (path == "/v1/archived") return archived(request);
        if (path == "/v1/rebuild") return rebuild(request);
        if (path == "/v1/reload") return reload(request);
        if (path == "/v1/registrations") return registration(request);
        if (path == "/v1/clock") return pushClock(request);
        if (path == "/v1/mappings") return changeMapping(request);
        if (path == "/v1/readings") return noteReading(request);
    }
    return problemResponse(Problem(ErrorCode::HTTP_NOT_FOUND), request.correlation);
}

std::optional<Response> OperatorApi::looked(const std::string& path) const {
    if (path == "/healthz" || path == "/readyz") return health();
    if (path == "/metrics") return Response{200, kMetricsMediaType, {}, services_.metrics()};
    if (path == "/v1/status") return jsonResponse(services_.status());
    return std::nullopt;
}

Response OperatorApi::look(const Request& request) const {
    if (request.method == "GET" && request.query.empty())
        if (auto seen = looked(request.path)) return *std::move(seen);
    return problemResponse(Problem(ErrorCode::HTTP_NOT_FOUND), request.correlation);
}

Response OperatorApi::doorRefusals() const {
    Node list = document::arrayNode("refusals");
    for (const auto& refusal : services_.refusals.list()) {
        Node node = document::objectNode();
        addText(node, "last", base::formatTimestamp(refusal.last));
        addText(node, "first", base::formatTimestamp(refusal.first));
        addNumber(node, "count", static_cast<std::int64_t>(refusal.count));
        addText(node, "reason", refusal.reason);
        addText(node, "detail", refusal.detail);
        addText(node, "address", refusal.address);
        if (refusal.certificate) {
            addText(node, "subject", refusal.certificate->subject);
            addText(node, "issuer", refusal.certificate->issuer);
            addText(node, "sha256", refusal.certificate->fingerprint.hex());
        }
        list.children.push_back(std::move(node));
    }
    Node root = document::objectNode();
    root.children.push_back(std::move(list));
    return jsonResponse(root);
}

Response OperatorApi::health() const {
    const bool healthy = services_.healthy();
    Node node = document::objectNode();
    addText(node, "status", healthy ? "ok" : "broken");
    return jsonResponse(node, healthy ? 200 : 503);
}

Response OperatorApi::agencies() const {
    const auto snapshot = services_.snapshots.current();
    const auto& data = snapshot->registry->data();
    const auto now = services_.clock.now();
    const auto today = base::vietnamDate(now);
    Node list = document::arrayNode("agencies");
    for (const auto& partner : data.partners) {
        Node node = document::objectNode();
        addText(node, "agency", partner.agency);
        if (const auto* agency = snapshot->reference->directory().find(partner.agency))
            addText(node, "name", std::string(agency->nameOn(today)));
        addText(node, "delivery", partner.pushUrl.value_or("mailbox"));
        if (partner.pushStatusUrl) addText(node, "status", *partner.pushStatusUrl);
        Node channels = document::arrayNode("channels");
        for (const auto& channel : data.channels) {
            if (channel.ownerAgency != partner.agency) continue;
            Node entry = document::objectNode();
            addText(entry, "id", channel.id);
            addText(entry, "sha256", channel.certificate->fingerprint().hex());
            addText(entry, "expires", base::formatTimestamp(channel.certificate->notAfter()));
            if (channel.revokedAt)
                addText(entry, "revokedAt", base::formatTimestamp(*channel.revokedAt));
            addStanding(entry, *snapshot, *channel.certificate, now, services_.revocationGrace);
            channels.children.push_back(std::move(entry));
        }
        node.children.push_back(std::move(channels));
        Node signers = document::arrayNode("signers");
        for (const auto* signer : snapshot->registry->signersOf(partner.agency)) {
            Node entry = document::objectNode();
            addText(entry, "sha256", signer->certificate->fingerprint().hex());
            addText(entry, "subject", signer->certificate->subject());
            addText(entry, "expires", base::formatTimestamp(signer->certificate->notAfter()));
            if (signer->revokedAt)
                addText(entry, "revokedAt", base::formatTimestamp(*signer->revokedAt));
            addStanding(entry, *snapshot, *signer->certificate, now, services_.revocationGrace);
            signers.children.push_back(std::move(entry));
        }
        node.children.push_back(std::move(signers));
        list.children.push_back(std::move(node));
    }
    Node root = document::objectNode();
    root.children.push_back(std::move(list));
    return jsonResponse(root);
}

// The reason goes to partners in letters: bounded, and fit to be read.
Response OperatorApi::undoTransfer(const Request& request) const {
    const auto body = bodyOf(request);
    if (!body) return problemResponse(body.error(), request.correlation);
    const auto caseId = memberOf(*body, "case");
    if (caseId.empty()) return badParameter(request, "case");
    const auto reason = memberOf(*body, "reason");
    if (reason.size() > base::kOperatorWords || !document::hasVisible(reason) ||
        document::textFault(reason) != document::TextFault::None)
        return badParameter(request, "reason");
    const auto done = services_.transferUndo->undo(operatorOf(request), caseId, reason);
    return done ? stateResponse(true) : stateResponse(false, done.error());
}

Response OperatorApi::backup(const Request& request) {
    const auto body = bodyOf(request);
    if (!body) return problemResponse(body.error(), request.correlation);
    const auto path = memberOf(*body, "path");
    if (path.empty() || path.front() != '/') return badParameter(request, "path");
    Node details = document::objectNode();
    addText(details, "path", path);
    services_.acts.record(operatorOf(request), "backup", std::move(details));
    try {
        services_.backup(path);
    } catch (const base::Fault& fault) {
        return stateResponse(false, fault.what());
    }
    return stateResponse(true);
}

Response OperatorApi::archive(const Request& request) {
    const auto body = bodyOf(request);
    if (!body) return problemResponse(body.error(), request.correlation);
    const auto to = memberOf(*body, "to");
    if (to.empty() || to.front() != '/') return badParameter(request, "to");
    const auto before = base::parseTimestamp(memberOf(*body, "before"));
    if (!before) return badParameter(request, "before");
    const auto report = services_.archiving->run(operatorOf(request), *before, to);
    return report ? jsonResponse(archiveNode(*report)) : stateResponse(false, report.error());
}

Response OperatorApi::archived(const Request& request) const {
    const auto body = bodyOf(request);
    if (!body) return problemResponse(body.error(), request.correlation);
    const auto id = memberOf(*body, "id");
    if (id.empty()) return badParameter(request, "id");
    const auto found = services_.archiving->whereIs(id);
    if (found.empty()) return problemResponse(Problem(ErrorCode::HTTP_NOT_FOUND), {});
    return jsonResponse(archivedNode(found));
}

Response OperatorApi::rebuild(const Request& request) {
    services_.acts.record(operatorOf(request), "rebuild", document::objectNode());
    const auto view = services_.view();
    return jsonResponse(
        rebuildNode(exchange::rebuild(view->cases(), view->outbox(), services_.seals())));
}

Response OperatorApi::reload(const Request& request) {
    services_.acts.record(operatorOf(request), "reload", document::objectNode());
    const auto refused = services_.reload();
    return refused ? stateResponse(false, *refused) : stateResponse(true);
}

Response OperatorApi::mappings() const {
    return jsonResponse(
        mappingsNode(*services_.snapshots.current(), base::vietnamDate(services_.clock.now())));
}

// Checking changes nothing, so it leaves nothing in the log.
Response OperatorApi::changeMapping(const Request& request) {
    const auto body = bodyOf(request);
    if (!body) return problemResponse(body.error(), request.correlation);
    const auto act = memberOf(*body, "act"), name = memberOf(*body, "mapping");
    if (act != "check" && act != "activate" && act != "rollback")
        return badParameter(request, "act");
    if (name.empty() || name.size() > base::kOperatorWords) return badParameter(request, "mapping");
    if (act != "check") services_.acts.record(operatorOf(request), act + "-mapping", *body);
    const auto done = services_.changeMapping(act, name);
    return done ? jsonResponse(*done) : stateResponse(false, done.error());
}

// What it read is read anew here: an operator's word for it would prove nothing.
Response OperatorApi::noteReading(const Request& request) {
    const auto body = bodyOf(request);
    if (!body) return problemResponse(body.error(), request.correlation);
    for (const char* name : {"agency", "messageId", "mapping", "reason"})
        if (memberOf(*body, name).empty() || memberOf(*body, name).size() > base::kOperatorWords)
            return badParameter(request, name);
    const auto noted =
        services_.acts.noteReading(operatorOf(request), services_.cases,
                                   {memberOf(*body, "agency"), memberOf(*body, "messageId")},
                                   memberOf(*body, "mapping"), memberOf(*body, "reason"));
    if (!noted) return stateResponse(false, noted.error());
    Node node = document::objectNode();
    addFlag(node, "done", true);
    addText(node, "act", noted->messageId);
    addNumber(node, "differences", static_cast<std::int64_t>(noted->differences));
    return jsonResponse(node);
}

Response OperatorApi::clock() const {
    Node node = document::objectNode();
    addText(node, "now", base::formatTimestamp(services_.clock.now()));
    return jsonResponse(node);
}

Response OperatorApi::pushClock(const Request& request) {
    const auto body = bodyOf(request);
    if (!body) return problemResponse(body.error(), request.correlation);
    const auto to = base::parseTimestamp(memberOf(*body, "to"));
    if (!to) return badParameter(request, "to");
    services_.acts.record(operatorOf(request), "push-clock", *body);
    const auto refused = services_.pushClock(*to);
    return refused ? stateResponse(false, *refused) : clock();
}

Response OperatorApi::registration(const Request& request) {
    auto body = bodyOf(request);
    if (!body) return problemResponse(body.error(), request.correlation);
    const auto act = memberOf(*body, "act");
    if (act != "add-channel" && act != "add-signer" && act != "revoke")
        return badParameter(request, "act");
    services_.acts.record(operatorOf(request), act, *body);
    const auto done = services_.changeRegistration(act, *body);
    return done ? stateResponse(true) : stateResponse(false, done.error());
}

}  // namespace gateway::server
