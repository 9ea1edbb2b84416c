#pragma once
// An official document that arrives in a package of the national document axis (edXML,
// QCVN 102:2016, TT 01/2022): no ruling of its own, but a letter about one, with its files.

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/messages/ruling.h"

namespace gateway::model {

/// Độ khẩn: thường, khẩn, thượng khẩn, hỏa tốc, hỏa tốc hẹn giờ; the axis says them in digits.
enum class Priority { Normal, Urgent, MoreUrgent, Express, TimedExpress };
template <>
struct Names<Priority> {
    static constexpr std::pair<Priority, std::string_view> table[] = {
        {Priority::Normal, "0"},
        {Priority::Urgent, "1"},
        {Priority::MoreUrgent, "2"},
        {Priority::Express, "3"},
        {Priority::TimedExpress, "4"}};
};

/// What a document does to an earlier one of the same id.
enum class DocumentBusiness { New, Withdrawal, Update, Replacement };
template <>
struct Names<DocumentBusiness> {
    static constexpr std::pair<DocumentBusiness, std::string_view> table[] = {
        {DocumentBusiness::New, "new"},
        {DocumentBusiness::Withdrawal, "withdrawal"},
        {DocumentBusiness::Update, "update"},
        {DocumentBusiness::Replacement, "replacement"}};
};

/// What an update does to one of the addressees of the earlier document.
enum class ReceiverChange { Removed, Added };
template <>
struct Names<ReceiverChange> {
    static constexpr std::pair<ReceiverChange, std::string_view> table[] = {
        {ReceiverChange::Removed, "removed"}, {ReceiverChange::Added, "added"}};
};

struct ChangedReceiver {
    std::string code;
    ReceiverChange change{};
};

/// An earlier document in whose place this one stands, and for whom; nobody named: for all.
struct ReplacedDocument {
    std::string documentId;
    std::vector<std::string> agencies;
};

struct Correspondent {
    std::string code;  ///< as written: 000.00.11.H53 or H53.11
    std::string name;
    std::string inCharge;
    std::string address, email, telephone, fax, website;
};

struct DocumentTransfer {
    std::string documentId;
    std::string number;    ///< số
    std::string notation;  ///< ký hiệu
    std::string place;
    std::optional<base::Date> promulgatedOn;
    std::string documentType;
    std::string subject;  ///< trích yếu
    std::string content;
    std::string signerName, signerPosition, signerCompetence;
    std::optional<base::Date> dueOn;
    std::optional<Priority> priority;
    DocumentBusiness business{};
    std::string businessReason;
    std::string earlierId;  ///< of the document that is withdrawn or updated
    std::vector<ChangedReceiver> receivers;
    std::vector<ReplacedDocument> replaces;
    Correspondent sender;
    std::vector<Correspondent> recipients;
    std::vector<std::string> copiesTo;
    std::vector<std::string> appendixes;
    std::vector<Attachment> attachments;
};

template <class V>
void describe(V& v, Correspondent& c) {
    v.required("code", c.code);
    v.optional("name", c.name);
    v.optional("inCharge", c.inCharge);
    v.optional("address", c.address);
    v.optional("email", c.email);
    v.optional("telephone", c.telephone);
    v.optional("fax", c.fax);
    v.optional("website", c.website);
}

template <class V>
void describe(V& v, ChangedReceiver& r) {
    v.required("code", r.code);
    v.required("change", r.change);
}

template <class V>
void describe(V& v, ReplacedDocument& r) {
    v.required("documentId", r.documentId);
    v.optional("agencies", r.agencies);
}

template <class V>
void describe(V& v, DocumentTransfer& d) {
    v.required("documentId", d.documentId);
    v.required("number", d.number);
    v.required("notation", d.notation);
    v.optional("place", d.place);
    v.optional("promulgatedOn", d.promulgatedOn);
    v.optional("documentType", d.documentType);
    v.required("subject", d.subject);
    v.optional("content", d.content);
    v.optional("signerName", d.signerName);
    v.optional("signerPosition", d.signerPosition);
    v.optional("signerCompetence", d.signerCompetence);
    v.optional("dueOn", d.dueOn);
    v.optional("priority", d.priority);
    v.required("business", d.business);
    v.optional("businessReason", d.businessReason);
    v.optional("earlierId", d.earlierId);
    v.optional("receivers", d.receivers);
    v.optional("replaces", d.replaces);
    v.required("sender", d.sender);
    v.required("recipients", d.recipients);
    v.optional("copiesTo", d.copiesTo);
    v.optional("appendixes", d.appendixes);
    v.optional("attachments", d.attachments);
}

}  // namespace gateway::model
