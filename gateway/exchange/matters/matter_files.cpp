#include "gateway/exchange/matters/matter_files.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/matters/office_roles.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/law_words.h"
#include "gateway/exchange/reference/court_procuracy.h"
#include "gateway/law/conditions/scene.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Node;

// What a word of a key or a part stands for in the act; none: a field that it does not have.
std::optional<std::string> textOf(const std::string& word, const model::Act& act,
                                  const Node& content) {
    law::Scene scene;
    scene.content = &content;
    if (scene.field(word)) return scene.wordsOf(word);
    if (word == law::kOwnMessage) return model::sourceOf(act.actor, act.messageId);
    if (word == law::kItsSender) return act.actor;
    return std::nullopt;
}

std::vector<std::string> textsOf(const std::vector<std::string>& words, const model::Act& act,
                                 const Node& content) {
    std::vector<std::string> texts;
    for (const auto& word : words)
        if (auto text = textOf(word, act, content)) texts.push_back(*std::move(text));
    return texts;
}

// Of which parts that message was; of several, those of whoever names it. What it has left in the
// whole says nothing of one of them.
std::vector<std::int64_t> partsOf(model::CaseFile& file, const std::string& source,
                                  const model::SuccessionClosure& own) {
    std::vector<std::int64_t> parts, others;
    for (const auto& fact : file.facts)
        if (fact.source == source && fact.obligation != 0 &&
            std::ranges::find(parts, fact.obligation) == parts.end())
            parts.push_back(fact.obligation);
    std::erase_if(parts, [&](std::int64_t no) {
        const auto* part = file.part(no);
        const bool ours = part && std::ranges::any_of(part->agencies, [&own](const auto& code) {
                              return own.contains(code);
                          });
        if (!ours) others.push_back(no);
        return !ours;
    });
    if (parts.empty()) parts = std::move(others);
    if (parts.empty()) parts.push_back(0);
    return parts;
}

bool bringsPart(const law::ActDeclaration& declared) {
    return std::ranges::any_of(declared.rules, [](const law::ActRule& rule) {
        return std::ranges::any_of(rule.facts, [](const law::FactRule& fact) {
            return fact.part == law::FactPart::Brought;
        });
    });
}

Problem samePart(const law::ActDeclaration& declared) {
    return actRefused(declared,
                      {"SAME_PART",
                       "/" + declared.file.part.back(),
                       {},
                       "chính là cơ quan đang giữ hồ sơ này",
                       "that is the very office whose part of the file this is"},
                      base::Words{"-", "-"});
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : " ") + text;
    return all;
}

// Of one region, too, where the lead is the procuracy of a court.
bool isOfOneLevel(const model::AgencyDirectory& directory, const model::Agency& lead,
                  const model::Agency& other, base::Date day) {
    if (other.level != lead.level) return false;
    return lead.kind != model::AgencyKind::Procuracy ||
           procuracyOf(directory, other.code, day) == &lead;
}

}  // namespace

std::optional<NamedMessage> messageNamedIn(const Node& content) {
    for (const auto& member : content.children) {
        const auto *message = member.child("message"), *sha256 = member.child("sha256");
        if (message && sha256) return NamedMessage{member.name, message->value, sha256->value};
    }
    return std::nullopt;
}

Problem unknownMessage(const law::ActDeclaration& declared, const std::string& path) {
    return actRefused(declared,
                      {"OTHER_DIGEST",
                       "/" + path,
                       {},
                       "không có thông điệp nào có mã và mã băm SHA-256 này",
                       "no message has that id and that SHA-256"},
                      base::Words{"-", "-"});
}

model::Matter MatterFiles::begin(const law::Subject& subject, const std::vector<std::string>& key,
                                 base::Date day) const {
    const auto& directory = reference_.directory();
    const auto& process = reference_.law().process(subject);
    model::Matter made;
    made.subject = subject;
    made.key = joined(key);
    made.vi = process.vi + (process.vi.empty() ? "" : ": ") + made.key;
    made.day = day;
    for (const auto& text : key) {
        if (const auto* agency = directory.find(text)) made.agencies.push_back(agency->code);
        if (const auto date = base::parseDate(text)) made.day = *date;
    }
    made.parts.push_back({0, {}, made.vi, {}, {}});
    if (made.agencies.empty()) return made;
    const auto& lead = *directory.find(made.agencies.front());
    made.province = directory.provinceOn(lead.code, made.day);
    const OfficeRoles roles(directory, made.day);
    for (const auto& pairing : process.pairings) {
        if (!OfficeRoles::fits(pairing.lead, lead)) continue;
        made.parts.front().kind = made.subject;
        for (const auto& other : directory.all()) {
            if (!OfficeRoles::fits(pairing.counterpart, other) || !other.period.covers(made.day) ||
                directory.provinceOn(other.code, made.day) != made.province ||
                (pairing.sameLevel && !isOfOneLevel(directory, lead, other, made.day)))
                continue;
            model::MatterPart part{
                static_cast<std::int64_t>(made.parts.size()), pairing.kind, {}, {other.code}, {}};
            if (pairing.with)
                for (auto& code : roles.holders(*pairing.with, made.province, {}))
                    part.agencies.push_back(std::move(code));
            part.vi = pairing.kind + " " + joined(part.agencies);
            made.parts.push_back(std::move(part));
        }
    }
    return made;
}

// The part of that kind with these agencies; the act brings it in if there is none.
std::int64_t MatterFiles::addPart(MatterPlace& place, const model::Act& act,
                                  const law::ActDeclaration& declared, const Node& content) const {
    law::Scene scene;
    scene.content = &content;
    const OfficeRoles roles(reference_.directory(), base::vietnamDate(act.recordedAt));
    model::MatterPart wanted;
    for (const auto& word : declared.file.part) {
        const auto* field = scene.field(word);
        if (field && !wanted.kind.empty()) {
            for (auto& code : roles.namedIn(*field)) wanted.agencies.push_back(std::move(code));
            continue;
        }
        const auto text = textOf(word, act, content).value_or(word);
        if (wanted.kind.empty())
            wanted.kind = text;
        else if (const auto* agency = reference_.directory().find(text))
            wanted.agencies.push_back(agency->code);
    }
    auto& matter = *place.file.matter;
    for (const auto& part : matter.parts)
        if (part.kind == wanted.kind && std::ranges::is_permutation(part.agencies, wanted.agencies))
            return part.no;
    wanted.no = static_cast<std::int64_t>(matter.parts.size());
    wanted.vi = wanted.kind + " " + joined(wanted.agencies);
    matter.parts.push_back(wanted);
    if (!place.opened) {
        place.opened = matter;
        place.opened->parts = {wanted};
    } else {
        place.opened->parts.push_back(wanted);
    }
    return wanted.no;
}

base::Result<MatterPlace> MatterFiles::placeNamed(const model::Act& act,
                                                  const law::ActDeclaration& declared,
                                                  const Node& content) {
    law::Scene scene;
    scene.content = &content;
    const auto& in = declared.file.in;
    const auto* field = scene.field(in);
    const auto* message = field ? field->child("message") : nullptr;
    const auto* sha256 = field ? field->child("sha256") : nullptr;
    if (field && field->kind == document::Kind::String) message = field;
    store::MessageSearch search;
    if (message) search.messageId = message->value;
    if (sha256) search.digest = document::lowerCaseHex(sha256->value);
    std::optional<MatterPlace> found;
    for (const auto& one : log_.messages(search, 0, 8)) {
        const auto& record = one.message;
        const auto kept = record.caseId.empty() ? std::nullopt : cases_.find(record.caseId);
        if (!message || !kept) continue;
        auto file = caseFileOf(*kept);
        if (!file.matter || file.matter->subject != declared.fileSubject()) continue;
        found.emplace();
        found->version = kept->version;
        found->author = record.agency;
        found->parts =
            partsOf(file, model::sourceOf(record.agency, record.messageId),
                    reference_.directory().closure(act.actor, base::vietnamDate(act.recordedAt)));
        found->file = std::move(file);
        break;
    }
    if (!found) return unknownMessage(declared, in + (sha256 ? "/sha256" : ""));
    return *std::move(found);
}

base::Result<MatterPlace> MatterFiles::placeOf(const model::Act& act,
                                               const law::ActDeclaration& declared,
                                               const Node& content) {
    law::Scene scene;
    scene.content = &content;
    const bool named =
        !declared.file.in.empty() && (declared.file.key.empty() || scene.field(declared.file.in));
    if (named) {
        auto found = placeNamed(act, declared, content);
        if (!found || !bringsPart(declared)) return found;
        found->brought = addPart(*found, act, declared, content);
        if (std::ranges::find(found->parts, found->brought) != found->parts.end())
            return samePart(declared);
        return found;
    }
    MatterPlace place;
    const auto key = textsOf(declared.file.key, act, content);
    const auto id = matterId(declared.fileSubject(), joined(key));
    if (const auto kept = cases_.find(id)) {
        place.file = caseFileOf(*kept);
        place.version = kept->version;
    } else {
        place.file.caseId = id;
        place.file.matter = place.opened =
            begin(declared.fileSubject(), key, base::vietnamDate(act.recordedAt));
    }
    if (!declared.file.part.empty()) place.parts = {addPart(place, act, declared, content)};
    return place;
}

}  // namespace gateway::exchange
