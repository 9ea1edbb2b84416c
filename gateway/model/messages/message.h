#pragma once
// The messages of the shared case model: one envelope, one payload per type.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/messages/judgment_transfer.h"
#include "gateway/model/messages/reports.h"
#include "gateway/model/names.h"

namespace gateway::model {

enum class MessageType {
    JudgmentTransfer,
    DocumentTransfer,
    MonitoringQuery,
    StatisticsQuery,
    MonitoringResult,
    QueryAnswer,
    StatisticsAnswer,
    WorkListQuery,
    BreachQuery,
    TermList,
    DeliveryReceipt,
    Ping,
    DeclaredAct  ///< on the wire it is called as its declaration says
};
template <>
struct Names<MessageType> {
    static constexpr std::pair<MessageType, std::string_view> table[] = {
        {MessageType::JudgmentTransfer, "JudgmentTransfer"},
        {MessageType::DocumentTransfer, "DocumentTransfer"},
        {MessageType::MonitoringQuery, "MonitoringQuery"},
        {MessageType::StatisticsQuery, "StatisticsQuery"},
        {MessageType::MonitoringResult, "MonitoringResult"},
        {MessageType::QueryAnswer, "QueryAnswer"},
        {MessageType::StatisticsAnswer, "StatisticsAnswer"},
        {MessageType::WorkListQuery, "WorkListQuery"},
        {MessageType::BreachQuery, "BreachQuery"},
        {MessageType::TermList, "TermList"},
        {MessageType::DeliveryReceipt, "DeliveryReceipt"},
        {MessageType::Ping, "Ping"},
        {MessageType::DeclaredAct, "DeclaredAct"}};
};

/// What every message says under its signature (protocol.md, "Binding").
struct Envelope {
    std::string to;  ///< "<gateway id>/<environment>", or an agency code on what we send
    MessageType type{};
    std::string id;  ///< unique per sender, base::isMessageId
    base::Timestamp created{};
    std::string from;  ///< agency code; optional, must equal the signer's
    std::string inReplyTo;
};

enum class DeliveryVerdict { Accepted, Refused };
template <>
struct Names<DeliveryVerdict> {
    static constexpr std::pair<DeliveryVerdict, std::string_view> table[] = {
        {DeliveryVerdict::Accepted, "accepted"}, {DeliveryVerdict::Refused, "refused"}};
};

/// The recipient's signed word on one delivery; closes the outbox item (design: mailbox, push).
struct DeliveryReceipt {
    std::string item;
    std::string deliveredSha256;  ///< of the bytes delivered, hex in either case
    DeliveryVerdict verdict{};
    std::string reason;
};

struct Ping {
    std::string text;
};

/// Stands beside the payload of what we deliver: whose word it is and what became of it on the
/// way. The gateway signs as translator, never as the author (promise P3).
struct Delivery {
    std::string item;
    std::string sourceAgency, sourceMessageId, sourceContentSha256;
    std::string sourceMappingId, sourceMappingSha256;
    std::vector<std::string> leftOut;  ///< model fields that the recipient's format does not carry
    std::string originalMediaType, originalHeader;
    std::string original;  ///< base64 of the author's bytes, if the recipient may see all
};

template <class V>
void describe(V& v, Envelope& e) {
    v.required("to", e.to);
    v.required("type", e.type);
    v.required("id", e.id);
    v.required("created", e.created);
    v.optional("from", e.from);
    v.optional("inReplyTo", e.inReplyTo);
}

template <class V>
void describe(V& v, DeliveryReceipt& m) {
    v.required("item", m.item);
    v.required("deliveredSha256", m.deliveredSha256);
    v.required("verdict", m.verdict);
    v.optional("reason", m.reason);
}

template <class V>
void describe(V& v, Delivery& d) {
    v.required("item", d.item);
    v.optional("sourceAgency", d.sourceAgency);
    v.optional("sourceMessageId", d.sourceMessageId);
    v.optional("sourceContentSha256", d.sourceContentSha256);
    v.optional("sourceMappingId", d.sourceMappingId);
    v.optional("sourceMappingSha256", d.sourceMappingSha256);
    v.optional("leftOut", d.leftOut);
    v.optional("originalMediaType", d.originalMediaType);
    v.optional("originalHeader", d.originalHeader);
    v.optional("original", d.original);
}

template <class V>
void describe(V& v, Ping& m) {
    v.optional("text", m.text);
}

}  // namespace gateway::model
