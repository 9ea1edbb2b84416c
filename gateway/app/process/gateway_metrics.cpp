#include "gateway/app/process/gateway_metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "gateway/base/log.h"
#include "gateway/base/time_format.h"
#include "gateway/server/door/door_metrics.h"

namespace gateway::app {
namespace {

using document::Node;

std::int64_t secondsUntil(base::Timestamp end, base::Timestamp now) {
    return std::chrono::duration_cast<std::chrono::seconds>(end - now).count();
}

void publishOutbox(server::Metrics& metrics, const store::OutboxCounts& box, base::Timestamp now) {
    const auto items = [&metrics](const char* state, std::int64_t count) {
        metrics
            .gauge("thahc_outbox_items", "Deliveries by state; dead and refused wait for a person",
                   {{"state", state}})
            .set(static_cast<double>(count));
    };
    items("waiting", box.waiting);
    items("rendered", box.rendered);
    items("sending", box.sending);
    items("maybe", box.maybe);
    items("delivered", box.delivered);
    items("refused", box.refused);
    items("dead", box.dead);
    items("settled", box.settled);
    metrics.gauge("thahc_outbox_oldest_seconds", "Age of the oldest open delivery")
        .set(static_cast<double>(box.oldestOpen ? -secondsUntil(*box.oldestOpen, now) : 0));
}

void publishStore(server::Metrics& metrics, const store::sqlite::StoreFigures& store) {
    constexpr double kPageBytes = 4096;
    metrics.gauge("thahc_store_queued_writes", "Writes that wait for a commit")
        .set(static_cast<double>(store.queued));
    metrics.counter("thahc_store_commits_total", "Commits since the start")
        .raiseTo(static_cast<double>(store.commits));
    metrics.gauge("thahc_store_log_bytes", "Size of the store's write-ahead log")
        .set(kPageBytes * static_cast<double>(store.logPages));
    metrics.gauge("thahc_store_free_bytes", "Free space of the disk on which the store lies")
        .set(static_cast<double>(store.space.freeBytes));
    metrics.gauge("thahc_store_disk_bytes", "Size of that disk")
        .set(static_cast<double>(store.space.diskBytes));
    metrics
        .gauge("thahc_store_space_state",
               "0 ample, 1 low, 2 new messages are refused, 3 nothing is rendered either")
        .set(static_cast<double>(store.spaceState));
    metrics.gauge("thahc_store_oldest_write_seconds", "Age of the oldest write that is not durable")
        .set(static_cast<double>(store.oldestWrite.count()) / 1000.0);
    metrics
        .gauge("thahc_store_damaged_rows",
               "Rows found since the start to be no longer what was recorded")
        .set(static_cast<double>(store.damaged));
    metrics
        .gauge("thahc_backup_last_timestamp_seconds",
               "When the last good backup was made (Unix time); 0: never")
        .set(store.lastBackup
                 ? static_cast<double>(store.lastBackup->time_since_epoch().count()) / 1000.0
                 : 0);
    metrics.counter("thahc_backup_failures_total", "Backups that failed since the start")
        .raiseTo(static_cast<double>(store.backupFailures));
}

void publishLogCheck(server::Metrics& metrics, const exchange::LogCheckFigures& check) {
    metrics.gauge("thahc_log_check_position", "Of the message that was checked last")
        .set(static_cast<double>(check.position));
    metrics.counter("thahc_log_check_passes_total", "Whole passes over the log since the start")
        .raiseTo(static_cast<double>(check.passes));
}

void publishStorage(server::Metrics& metrics, const std::vector<store::AgencyStorage>& agencies) {
    store::AgencyStorage all;
    for (const auto& one : agencies) {
        all.messages += one.messages;
        all.files += one.files;
        all.deliveries += one.deliveries;
        all.reads += one.reads;
        all.refused += one.refused;
        all.parked += one.parked;
    }
    const auto bytes = [&metrics](const char* kind, std::int64_t count) {
        metrics
            .gauge("thahc_stored_bytes", "Kept for agencies; what is parked is among the messages",
                   {{"kind", kind}})
            .set(static_cast<double>(count));
    };
    bytes("messages", all.messages);
    bytes("files", all.files);
    bytes("deliveries", all.deliveries);
    bytes("reads", all.reads);
    bytes("refused", all.refused);
    bytes("parked", all.parked);
}

// A place in nested objects: one member for each label's value, made where it is missing.
Node& memberAt(Node& object, const std::string& name) {
    for (auto& child : object.children)
        if (child.name == name) return child;
    object.children.push_back(document::objectNode(name));
    return object.children.back();
}

Node figuresNode(const server::Metrics& metrics) {
    Node figures = document::objectNode("figures");
    for (const auto& sample : metrics.samples()) {
        std::vector<std::string> path{sample.name};
        for (const auto& [label, value] : sample.labels) path.push_back(value);
        Node* place = &figures;
        for (std::size_t i = 0; i + 1 < path.size(); ++i) place = &memberAt(*place, path[i]);
        place->children.push_back(
            document::numberNode(path.back(), std::to_string(std::llround(sample.value))));
    }
    return figures;
}

void addExpiry(Node& list, const std::string& what, const trust::Certificate& certificate,
               base::Timestamp now) {
    const auto days = secondsUntil(certificate.notAfter(), now) / 86'400;
    if (days > 30) return;
    Node node = document::objectNode();
    node.children.push_back(document::stringNode("certificate", what));
    node.children.push_back(
        document::stringNode("expires", base::formatTimestamp(certificate.notAfter())));
    node.children.push_back(document::numberNode("days", std::to_string(days)));
    node.children.push_back(document::stringNode("alarm", days <= 3    ? "critical"
                                                          : days <= 14 ? "warning"
                                                                       : "notice"));
    list.children.push_back(std::move(node));
}

}  // namespace

void publishFigures(server::Metrics& metrics, const GatewayFigures& figures) {
    const auto now = figures.state.now;
    server::publishDoor(metrics, "partners", figures.partnerDoor);
    server::publishDoor(metrics, "operators", figures.operatorDoor);
    if (figures.publicDoor) server::publishDoor(metrics, "public", *figures.publicDoor);
    metrics.gauge("thahc_healthy", "1 while the store and the dispatcher work")
        .set(figures.healthy ? 1 : 0);
    metrics.counter("thahc_log_lines_dropped_total", "Log lines that nobody took in time")
        .raiseTo(static_cast<double>(base::droppedLogLines()));
    metrics.gauge("thahc_memory_held_bytes", "Held for what partners bring and take")
        .set(static_cast<double>(figures.memoryHeld));
    metrics.counter("thahc_memory_refusals_total", "Times that no more could be held")
        .raiseTo(static_cast<double>(figures.memoryRefusals));
    publishStore(metrics, figures.store);
    publishLogCheck(metrics, figures.logCheck);
    metrics
        .gauge("thahc_restored_deliveries_open",
               "Open when the store was restored, and not yet closed by their recipients")
        .set(static_cast<double>(figures.restoredOpen));
    if (figures.outbox) publishOutbox(metrics, *figures.outbox, now);
    if (!figures.storage.empty()) publishStorage(metrics, figures.storage);
    if (figures.parked)
        metrics.gauge("thahc_parked_messages", "Accepted messages that wait for their ruling")
            .set(static_cast<double>(*figures.parked));
    metrics.gauge("thahc_seal_certificate_seconds", "Until our seal certificate expires")
        .set(static_cast<double>(
            secondsUntil(figures.state.snapshot->seal->certificate()->notAfter(), now)));
    metrics.gauge("thahc_door_certificate_seconds", "Until the door's certificate expires")
        .set(static_cast<double>(secondsUntil(figures.state.own->door->notAfter(), now)));
    for (const auto area : kAreas)
        metrics
            .gauge("thahc_data_faults", "Files that were not taken; see status for what to mend",
                   {{"area", std::string(nameOf(area))}})
            .set(static_cast<double>(
                std::ranges::count(*figures.state.areaFaults, area, &AreaFault::area)));
    const auto& snapshot = *figures.state.snapshot;
    metrics.gauge("thahc_revocation_lists_overdue", "Issuers whose list is past nextUpdate")
        .set(static_cast<double>(snapshot.revocation->overdueIssuers(now).size()));
    metrics.gauge("thahc_partners", "Registered agencies")
        .set(static_cast<double>(snapshot.registry->data().partners.size()));
}

Node statusNode(const server::Metrics& metrics, const GatewayState& state) {
    Node root = document::objectNode();
    root.children.push_back(document::stringNode("gateway", state.gateway));
    root.children.push_back(document::stringNode("time", base::formatTimestamp(state.now)));
    root.children.push_back(figuresNode(metrics));
    Node faults = document::arrayNode("dataFaults");
    for (const auto& fault : *state.areaFaults) {
        Node node = document::objectNode();
        node.children.push_back(document::stringNode("area", std::string(nameOf(fault.area))));
        node.children.push_back(document::stringNode("reason", fault.reason));
        faults.children.push_back(std::move(node));
    }
    root.children.push_back(std::move(faults));
    Node expiring = document::arrayNode("expiring");
    addExpiry(expiring, "gateway seal", *state.snapshot->seal->certificate(), state.now);
    addExpiry(expiring, "gateway door", *state.own->door, state.now);
    if (state.own->push) addExpiry(expiring, "gateway push", *state.own->push, state.now);
    for (const auto& channel : state.snapshot->registry->data().channels)
        addExpiry(expiring, "channel " + channel.id, *channel.certificate, state.now);
    for (const auto& signer : state.snapshot->registry->data().signers)
        addExpiry(expiring, "signer of " + signer.agency, *signer.certificate, state.now);
    root.children.push_back(std::move(expiring));
    Node overdue = document::arrayNode("revocationListsOverdue");
    for (const auto& issuer : state.snapshot->revocation->overdueIssuers(state.now))
        overdue.children.push_back(document::stringNode("", issuer));
    root.children.push_back(std::move(overdue));
    return root;
}

Node storageNode(const store::sqlite::StoreFigures& store,
                 const std::vector<store::AgencyStorage>& agencies, const base::Limits& limits) {
    static constexpr std::array<const char*, 4> kStates = {"ample", "low", "short", "critical"};
    Node root = document::objectNode();
    root.children.push_back(
        document::stringNode("space", kStates.at(static_cast<std::size_t>(store.spaceState))));
    addNumber(root, "freeBytes", static_cast<std::int64_t>(store.space.freeBytes));
    addNumber(root, "diskBytes", static_cast<std::int64_t>(store.space.diskBytes));
    addNumber(root, "warnBelow", static_cast<std::int64_t>(limits.freeSpaceWarnBytes));
    addNumber(root, "refuseBelow", static_cast<std::int64_t>(limits.freeSpaceRefuseBytes));
    addNumber(root, "agencyQuota", static_cast<std::int64_t>(limits.storedBytesPerAgency));
    Node list = document::arrayNode("agencies");
    for (const auto& one : agencies) {
        Node entry = document::objectNode();
        entry.children.push_back(document::stringNode("agency", one.agency));
        addNumber(entry, "bytes", one.total());
        addNumber(entry, "messages", one.messages);
        addNumber(entry, "files", one.files);
        addNumber(entry, "deliveries", one.deliveries);
        addNumber(entry, "reads", one.reads);
        addNumber(entry, "parked", one.parked);
        addNumber(entry, "refused", one.refused);
        if (one.refusalsGone > 0) addNumber(entry, "refusalsGone", one.refusalsGone);
        list.children.push_back(std::move(entry));
    }
    root.children.push_back(std::move(list));
    return root;
}

}  // namespace gateway::app
