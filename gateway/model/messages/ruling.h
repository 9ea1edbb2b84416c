#pragma once
// A ruling as it is transferred: the judgment or decision, its parties and what must be done.
// Law: Luật TTHC 2015 Đ.193-196, 244, 279, 311; NĐ 71/2016 Đ.14.1.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/names.h"

namespace gateway::model {

enum class RulingKind { Judgment, Decision };  ///< bản án (BA), quyết định (QĐ)
template <>
struct Names<RulingKind> {
    static constexpr std::pair<RulingKind, std::string_view> table[] = {
        {RulingKind::Judgment, "BA"}, {RulingKind::Decision, "QD"}};
};

enum class Instance { First, Appeal, Cassation, Reopening };  ///< ST, PT, GĐT, TT
template <>
struct Names<Instance> {
    static constexpr std::pair<Instance, std::string_view> table[] = {{Instance::First, "ST"},
                                                                      {Instance::Appeal, "PT"},
                                                                      {Instance::Cassation, "GDT"},
                                                                      {Instance::Reopening, "TT"}};
};

/// Điểm of khoản 1 Điều 311 (Vietnamese alphabet: a b c d đ e g h; đ is written "dd").
enum class Category { A, B, C, D, DD, E, G, H };
template <>
struct Names<Category> {
    static constexpr std::pair<Category, std::string_view> table[] = {
        {Category::A, "a"},   {Category::B, "b"}, {Category::C, "c"}, {Category::D, "d"},
        {Category::DD, "dd"}, {Category::E, "e"}, {Category::G, "g"}, {Category::H, "h"}};
};

enum class PartyRole { Plaintiff, Defendant, Interested };
template <>
struct Names<PartyRole> {
    static constexpr std::pair<PartyRole, std::string_view> table[] = {
        {PartyRole::Plaintiff, "plaintiff"},
        {PartyRole::Defendant, "defendant"},
        {PartyRole::Interested, "interested"}};
};

enum class PartyKind { Person, Organisation, Authority, Officeholder };
template <>
struct Names<PartyKind> {
    static constexpr std::pair<PartyKind, std::string_view> table[] = {
        {PartyKind::Person, "person"},
        {PartyKind::Organisation, "organisation"},
        {PartyKind::Authority, "authority"},
        {PartyKind::Officeholder, "officeholder"}};
};

/// What agencies call a ruling. `normalised` is derived by us; the original is never lost.
struct RulingReference {
    std::string court;             ///< agency code
    std::string number;            ///< as the agency wrote it
    std::string numberNormalised;  ///< for look-up; empty until normalise() ran
    base::Date issuedOn{};
};

struct Party {
    PartyRole role{};
    std::optional<PartyKind> kind;
    std::string name;
    std::string address;
    std::optional<std::int64_t> birthYear;
};

/// One per (obligated party, operative part).
struct Obligation {
    std::int64_t no = 0;
    Category category{};
    std::string text;
    std::string obligatedParty;      ///< NPTHA, as named in the ruling
    std::string obligatedPartyKind;  ///< the court's own word: an open set
    std::string obligatedAgency;     ///< agency code when the court knows it
    std::string obligatedSuperior;   ///< cơ quan cấp trên trực tiếp of the obligated party
    std::vector<std::string> entitledParties;
    std::optional<std::int64_t> amountVnd;
};

/// A file that travels inside the message; in events and answers `content` is left out.
struct Attachment {
    std::string fileName;
    std::string mediaType;
    std::string sha256;  ///< lower-case hex
    std::int64_t sizeBytes = 0;
    std::string content;  ///< base64
};

struct Ruling {
    RulingKind kind{};
    RulingReference reference;
    Instance instance{};
    std::string docket;              ///< số và ngày thụ lý, as written
    std::string courtName;           ///< as named in the ruling
    std::string firstInstanceCourt;  ///< agency code; the same as the court's when first instance
    std::string subject;             ///< đối tượng khởi kiện
    std::string presidingJudge;
    std::string clerk;
    std::string prosecutor;
    std::string defendantSuperior;  ///< cơ quan cấp trên trực tiếp of the defendant
    std::optional<base::Date> effectiveOn;
    std::optional<base::Date> deliveredToObligatedOn;
    std::optional<bool> immediateEffect;  ///< that the court said no is not that it said nothing
    std::optional<bool> closedHearing;
    std::vector<Party> parties;
    std::vector<Obligation> obligations;
    std::vector<Attachment> attachments;
};

/// The day of legal effect; not known unless the court says it: how long an appeal may come depends
/// on who was there (Luật TTHC Đ.206.1). Appellate rulings and those executed at once are in force
/// on the day of issue (Đ.242.7, 194.2c, 202.1, 278).
[[nodiscard]] inline std::optional<base::Date> effectOf(const Ruling& ruling) {
    if (ruling.effectiveOn) return ruling.effectiveOn;
    if (ruling.instance != Instance::First || ruling.immediateEffect.value_or(false))
        return ruling.reference.issuedOn;
    return std::nullopt;
}

template <class V>
void describe(V& v, RulingReference& r) {
    v.required("court", r.court);
    v.required("number", r.number);
    v.optional("numberNormalised", r.numberNormalised);
    v.required("issuedOn", r.issuedOn);
}

template <class V>
void describe(V& v, Party& p) {
    v.required("role", p.role);
    v.optional("kind", p.kind);
    v.required("name", p.name);
    v.optional("address", p.address);
    v.optional("birthYear", p.birthYear);
}

template <class V>
void describe(V& v, Obligation& o) {
    v.required("no", o.no);
    v.required("category", o.category);
    v.required("text", o.text);
    v.required("obligatedParty", o.obligatedParty);
    v.optional("obligatedPartyKind", o.obligatedPartyKind);
    v.optional("obligatedAgency", o.obligatedAgency);
    v.optional("obligatedSuperior", o.obligatedSuperior);
    v.optional("entitledParties", o.entitledParties);
    v.optional("amountVnd", o.amountVnd);
}

template <class V>
void describe(V& v, Attachment& a) {
    v.required("fileName", a.fileName);
    v.required("mediaType", a.mediaType);
    v.optional("sha256", a.sha256);
    v.optional("sizeBytes", a.sizeBytes);
    v.optional("content", a.content);
}

template <class V>
void describe(V& v, Ruling& r) {
    v.required("kind", r.kind);
    v.required("reference", r.reference);
    v.required("instance", r.instance);
    v.optional("docket", r.docket);
    v.optional("courtName", r.courtName);
    v.optional("firstInstanceCourt", r.firstInstanceCourt);
    v.optional("subject", r.subject);
    v.optional("presidingJudge", r.presidingJudge);
    v.optional("clerk", r.clerk);
    v.optional("prosecutor", r.prosecutor);
    v.optional("defendantSuperior", r.defendantSuperior);
    v.optional("effectiveOn", r.effectiveOn);
    v.optional("deliveredToObligatedOn", r.deliveredToObligatedOn);
    v.optional("immediateEffect", r.immediateEffect);
    v.optional("closedHearing", r.closedHearing);
    v.required("parties", r.parties);
    v.required("obligations", r.obligations);
    v.optional("attachments", r.attachments);
}

}  // namespace gateway::model
