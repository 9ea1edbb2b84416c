#include "gateway/app/gateway_metrics.h"

#include <array>
#include <utility>
#include <vector>

#include "gateway/base/time_format.h"

namespace gateway::app {
namespace {

using document::Node;

struct Figure {
    const char* name;
    const char* help;
    const char* kind;
    std::int64_t value;
};

std::int64_t whole(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::int64_t secondsUntil(base::Timestamp end, base::Timestamp now) {
    return std::chrono::duration_cast<std::chrono::seconds>(end - now).count();
}

std::vector<Figure> figuresOf(const GatewayFigures& f) {
    const auto& door = f.door;
    const auto& box = f.outbox;
    const auto refusedConnections =
        door.refusedTotal + door.refusedPerAddress + door.refusedPerChannel + door.closedAtAccept;
    std::uint64_t handshakes = 0;
    for (const auto count : door.handshakesRefused) handshakes += count;
    return {{"connections", "Connections now", "gauge", whole(door.connectionsNow)},
            {"requests_in_flight", "Requests now", "gauge", whole(door.requestsNow)},
            {"connections_total", "Connections accepted", "counter", whole(door.accepted)},
            {"connections_refused_total", "Connections over a bound", "counter",
             whole(refusedConnections)},
            {"handshakes_refused_total", "TLS handshakes refused", "counter", whole(handshakes)},
            {"requests_total", "Requests handled", "counter", whole(door.requests)},
            {"requests_refused_total", "Requests refused by the guard", "counter",
             whole(door.requestsRefused)},
            {"handler_faults_total", "Requests that ended in our own fault", "counter",
             whole(door.handlerFaults)},
            {"outbox_waiting", "Deliveries not yet rendered", "gauge", box.waiting},
            {"outbox_rendered", "Deliveries ready", "gauge", box.rendered},
            {"outbox_sending", "Deliveries on their way", "gauge", box.sending},
            {"outbox_maybe", "Deliveries of unknown outcome", "gauge", box.maybe},
            {"outbox_delivered", "Deliveries closed by an acceptance", "gauge", box.delivered},
            {"outbox_refused", "Deliveries refused by their recipient", "gauge", box.refused},
            {"outbox_dead", "Dead letters", "gauge", box.dead},
            {"outbox_oldest_seconds", "Age of the oldest open delivery", "gauge",
             box.oldestOpen ? -secondsUntil(*box.oldestOpen, f.now) : 0},
            {"seal_certificate_seconds", "Until our seal certificate expires", "gauge",
             secondsUntil(f.seal->notAfter(), f.now)},
            {"revocation_lists_overdue", "Issuers whose list is past nextUpdate", "gauge",
             static_cast<std::int64_t>(f.snapshot->revocation->overdueIssuers(f.now).size())},
            {"partners", "Registered agencies", "gauge",
             static_cast<std::int64_t>(f.snapshot->registry->data().partners.size())}};
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

std::string metricsText(const GatewayFigures& figures) {
    std::string text;
    for (const auto& figure : figuresOf(figures)) {
        const std::string name = std::string("thahc_") + figure.name;
        text += "# HELP " + name + " " + figure.help + "\n# TYPE " + name + " " + figure.kind +
                "\n" + name + " " + std::to_string(figure.value) + "\n";
    }
    return text;
}

Node statusNode(const GatewayFigures& figures) {
    Node root = document::objectNode();
    root.children.push_back(document::stringNode("gateway", figures.config.identity.address()));
    root.children.push_back(document::stringNode("time", base::formatTimestamp(figures.now)));
    Node counts = document::objectNode("figures");
    for (const auto& figure : figuresOf(figures))
        counts.children.push_back(document::numberNode(figure.name, std::to_string(figure.value)));
    root.children.push_back(std::move(counts));
    Node expiring = document::arrayNode("expiring");
    addExpiry(expiring, "gateway seal", *figures.seal, figures.now);
    for (const auto& channel : figures.snapshot->registry->data().channels)
        addExpiry(expiring, "channel " + channel.id, *channel.certificate, figures.now);
    for (const auto& signer : figures.snapshot->registry->data().signers)
        addExpiry(expiring, "signer of " + signer.agency, *signer.certificate, figures.now);
    root.children.push_back(std::move(expiring));
    Node overdue = document::arrayNode("revocationListsOverdue");
    for (const auto& issuer : figures.snapshot->revocation->overdueIssuers(figures.now))
        overdue.children.push_back(document::stringNode("", issuer));
    root.children.push_back(std::move(overdue));
    return root;
}

}  // namespace gateway::app
