#pragma once
// What acts leave in a case. Facts are added, struck or corrected, never overwritten.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/names.h"

namespace gateway::model {

/// The vocabulary of the process; a decree changes acts, terms and stages, seldom this.
enum class FactKind : std::uint8_t {
    Known,         ///< the ruling is with us
    Missing,       ///< an order or request came before the ruling
    Received,      ///< THADS has it (code: form)
    Registered,    ///< number, day
    Classified,    ///< code: with-content, without-content
    Officer,       ///< party: Chấp hành viên
    Notice,        ///< voluntary notice: number, day
    NoticeRead,    ///< the obligated party has it
    InForce,       ///< day of legal effect
    Delivered,     ///< the obligated party has the ruling; code: court, obligated, thads
    Request,       ///< for a compelling decision: day of request; received: by the court
    RequestEnded,  ///< code: returned, refused, withdrawn, incomplete
    Order,         ///< compelling decision: number, day
    OrderReceipt,  ///< of the order; code: obligated, superior, thads, procuracy, entitled
    OrderEnded,
    Minutes,      ///< code: 14.3, 17.1 ...
    Finding,      ///< code: slow, non-compliant, wrong, incomplete, revoked
    Completion,   ///< day; received: reported on; code: claimed, witnessed
    Contest,      ///< of a completion
    Contested,    ///< decided; code: not-done, partly, rejected
    Outcome,      ///< of a higher ruling; code: kept, replaced, annulled, closed
    Replacement,  ///< the ruling that stands in place of an annulled one
    Stay,         ///< code: postponed, suspended; until
    Resumed,
    Protest,         ///< code: cassation, reopening
    ProtestEnded,    ///< withdrawn
    Succession,      ///< party: the new obligated one
    Progress,        ///< code: not-started, partly, done
    Urged,           ///< until: an answer is asked by then
    Published,       ///< code: portal
    Removed,         ///< code: portal
    Recommendation,  ///< number
    Directive,       ///< code: 13.1, 13.2
    Escalation,      ///< code: proposed, reported, directed, carried-out
    Asked,           ///< something to be answered; code: of what kind; until
    Answered,        ///< about: the number of what was asked; code as there
    Returned,        ///< code: returned, withdrawn
    Closed,          ///< code: closed, reopened
    Breach,          ///< found by the procuracy in a document of its own; code: whose, about: term
    // Of what has a file of its own (matter.h).
    Listed,        ///< by a court, in its list of what it has sent
    Locked,        ///< figures of a period; number: version of the list
    Sent,          ///< a sheet; number: version
    Signed,        ///< by one of those who must; code: court, thads
    Agreed,        ///< by all of them
    Disputed,      ///< figures that differ
    Adjusted,      ///< after all had agreed; until: end of the period that shows it
    Forwarded,     ///< to the level above
    Consolidated,  ///< with those of all others
};
template <>
struct Names<FactKind> {
    using enum FactKind;
    static constexpr std::pair<FactKind, std::string_view> table[] = {
        {Known, "known"},
        {Missing, "missing"},
        {Received, "received"},
        {Registered, "registered"},
        {Classified, "classified"},
        {Officer, "officer"},
        {Notice, "notice"},
        {NoticeRead, "notice-read"},
        {InForce, "in-force"},
        {Delivered, "delivered"},
        {Request, "request"},
        {RequestEnded, "request-ended"},
        {Order, "order"},
        {OrderReceipt, "order-receipt"},
        {OrderEnded, "order-ended"},
        {Minutes, "minutes"},
        {Finding, "finding"},
        {Completion, "completion"},
        {Contest, "contest"},
        {Contested, "contested"},
        {Outcome, "outcome"},
        {Replacement, "replacement"},
        {Stay, "stay"},
        {Resumed, "resumed"},
        {Protest, "protest"},
        {ProtestEnded, "protest-ended"},
        {Succession, "succession"},
        {Progress, "progress"},
        {Urged, "urged"},
        {Published, "published"},
        {Removed, "removed"},
        {Recommendation, "recommendation"},
        {Directive, "directive"},
        {Escalation, "escalation"},
        {Asked, "asked"},
        {Answered, "answered"},
        {Returned, "returned"},
        {Closed, "closed"},
        {Breach, "breach"},
        {Listed, "listed"},
        {Locked, "locked"},
        {Sent, "sent"},
        {Signed, "signed"},
        {Agreed, "agreed"},
        {Disputed, "disputed"},
        {Adjusted, "adjusted"},
        {Forwarded, "forwarded"},
        {Consolidated, "consolidated"}};
};

/// A field of the act, as it was said.
struct Word {
    std::string name, text;
};

/// One fact. Absent texts are empty.
struct Fact {
    FactKind kind{};
    std::int64_t obligation = 0;  ///< 0: of every obligation of the case
    std::string source;           ///< the message that it comes from: sourceOf()
    base::Timestamp recordedAt{};
    base::Date on{};
    std::optional<base::Date> until, received;
    std::string code, number, party, about;
    bool struck = false;      ///< its message was withdrawn; it stays visible
    std::vector<Word> words;  ///< those that the act's declaration keeps
};

/// Ids are unique for one sender only. Neither of both has a blank in it.
[[nodiscard]] inline std::string sourceOf(const std::string& agency, const std::string& messageId) {
    return agency + " " + messageId;
}
[[nodiscard]] inline std::string_view agencyOf(std::string_view source) {
    return source.substr(0, source.find(' '));
}
/// The id alone.
[[nodiscard]] inline std::string_view messageIdOf(std::string_view source) {
    return source.substr(source.rfind(' ') + 1);  // the whole of it, if there is no blank
}

template <class V>
void describe(V& v, Word& w) {
    v.required("name", w.name);
    v.required("text", w.text);
}

template <class V>
void describe(V& v, Fact& f) {
    v.required("kind", f.kind);
    v.optional("obligation", f.obligation);
    v.required("source", f.source);
    v.required("recordedAt", f.recordedAt);
    v.required("on", f.on);
    v.optional("until", f.until);
    v.optional("received", f.received);
    v.optional("code", f.code);
    v.optional("number", f.number);
    v.optional("party", f.party);
    v.optional("about", f.about);
    v.optional("struck", f.struck);
    v.optional("words", f.words);
}

}  // namespace gateway::model
