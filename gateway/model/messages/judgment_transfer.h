#pragma once
// A ruling on its way from its court: the ruling, what it does to earlier ones, and whom the court
// itself has sent it. Law: Luật TTHC Đ.196.3, 241, 244.1, 264, 272, 279, 285.

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/messages/ruling.h"

namespace gateway::model {

enum class RelationKind { Upholds, Amends, Annuls, Replaces };
template <>
struct Names<RelationKind> {
    static constexpr std::pair<RelationKind, std::string_view> table[] = {
        {RelationKind::Upholds, "upholds"},
        {RelationKind::Amends, "amends"},
        {RelationKind::Annuls, "annuls"},
        {RelationKind::Replaces, "replaces"}};
};

/// What the ruling does to an earlier one, which its three other members name.
struct RulingRelation {
    RelationKind kind{};
    std::string court;  ///< agency code
    std::string number;
    std::optional<base::Date> issuedOn;
};

enum class SentToRole { Thads, Obligated, Superior, Procuracy, Entitled, CourtFirst, CourtIssuer };
template <>
struct Names<SentToRole> {
    static constexpr std::pair<SentToRole, std::string_view> table[] = {
        {SentToRole::Thads, "thads"},
        {SentToRole::Obligated, "obligated"},
        {SentToRole::Superior, "superior"},
        {SentToRole::Procuracy, "procuracy"},
        {SentToRole::Entitled, "entitled"},
        {SentToRole::CourtFirst, "court-first"},
        {SentToRole::CourtIssuer, "court-issuer"}};
};

enum class SendingForm { Direct, Post, Electronic, Posting, Other };
template <>
struct Names<SendingForm> {
    static constexpr std::pair<SendingForm, std::string_view> table[] = {
        {SendingForm::Direct, "direct"},
        {SendingForm::Post, "post"},
        {SendingForm::Electronic, "electronic"},
        {SendingForm::Posting, "posting"},
        {SendingForm::Other, "other"}};
};

/// That the court has sent it to somebody by itself, and when it was received as far as it knows.
struct CourtSending {
    SentToRole role{};
    std::string recipient;  ///< name, or agency code
    std::optional<base::Date> on;
    std::optional<SendingForm> form;
    std::optional<base::Date> receivedOn;
};

struct JudgmentTransfer {
    Ruling ruling;
    std::vector<RulingRelation> relations{};
    std::vector<CourtSending> sentTo{};
};

template <class V>
void describe(V& v, RulingRelation& r) {
    v.required("kind", r.kind);
    v.optional("court", r.court);
    v.optional("number", r.number);
    v.optional("issuedOn", r.issuedOn);
}

template <class V>
void describe(V& v, CourtSending& s) {
    v.required("role", s.role);
    v.optional("recipient", s.recipient);
    v.optional("on", s.on);
    v.optional("form", s.form);
    v.optional("receivedOn", s.receivedOn);
}

template <class V>
void describe(V& v, JudgmentTransfer& m) {
    v.required("ruling", m.ruling);
    v.optional("relations", m.relations);
    v.optional("sentTo", m.sentTo);
}

}  // namespace gateway::model
