#include "gateway/exchange/matters/matter_files.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/matters/office_roles.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/law_words.h"
#include "gateway/law/conditions/scene.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Node;

// What the words of a key or a part stand for in the act.
std::vector<std::string> textsOf(const std::vector<std::string>& words, const model::Act& act,
                                 const Node& content) {
    law::Scene scene;
    scene.content = &content;
    std::vector<std::string> texts;
    for (const auto& word : words) {
        if (word == law::kOwnMessage)
            texts.push_back(model::sourceOf(act.actor, act.messageId));
        else if (word == law::kItsSender)
            texts.push_back(act.actor);
        else if (scene.field(word))
            texts.push_back(scene.wordsOf(word));
    }
    return texts;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : " ") + text;
    return all;
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

model::Matter MatterFiles::begin(law::Subject subject, const std::vector<std::string>& key,
                                 base::Date day) const {
    const auto& directory = reference_.directory();
    const auto& process = reference_.law().process(subject);
    model::Matter made;
    made.subject = model::nameOf(subject);
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
                (pairing.sameLevel && other.level != lead.level))
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
void MatterFiles::addPart(MatterPlace& place, const law::ActDeclaration& declared,
                          const Node& content) const {
    if (declared.file.part.empty()) return;
    law::Scene scene;
    scene.content = &content;
    model::MatterPart wanted;
    for (const auto& word : declared.file.part) {
        const auto text = scene.field(word) ? scene.wordsOf(word) : word;
        if (wanted.kind.empty())
            wanted.kind = text;
        else if (const auto* agency = reference_.directory().find(text))
            wanted.agencies.push_back(agency->code);
    }
    auto& matter = *place.file.matter;
    for (const auto& part : matter.parts)
        if (part.kind == wanted.kind &&
            std::ranges::is_permutation(part.agencies, wanted.agencies)) {
            place.parts = {part.no};
            return;
        }
    wanted.no = static_cast<std::int64_t>(matter.parts.size());
    wanted.vi = wanted.kind + " " + joined(wanted.agencies);
    place.parts = {wanted.no};
    matter.parts.push_back(wanted);
    if (!place.opened) {
        place.opened = matter;
        place.opened->parts = {wanted};
    } else {
        place.opened->parts.push_back(wanted);
    }
}

base::Result<MatterPlace> MatterFiles::placeNamed(const law::ActDeclaration& declared,
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
        if (!file.matter || file.matter->subject != model::nameOf(declared.subject)) continue;
        found.emplace();
        found->version = kept->version;
        found->author = record.agency;
        const auto source = model::sourceOf(record.agency, record.messageId);
        for (const auto& fact : file.facts)
            if (fact.source == source) found->parts.push_back(fact.obligation);
        found->file = std::move(file);
        if (found->parts.empty()) found->parts = {0};
        break;
    }
    if (!found) return unknownMessage(declared, in + (sha256 ? "/sha256" : ""));
    return *std::move(found);
}

base::Result<MatterPlace> MatterFiles::placeOf(const model::Act& act,
                                               const law::ActDeclaration& declared,
                                               const Node& content) {
    if (!declared.file.in.empty()) return placeNamed(declared, content);
    MatterPlace place;
    const auto key = textsOf(declared.file.key, act, content);
    const auto id = matterId(declared.subject, joined(key));
    if (const auto kept = cases_.find(id)) {
        place.file = caseFileOf(*kept);
        place.version = kept->version;
    } else {
        place.file.caseId = id;
        place.file.matter = place.opened =
            begin(declared.subject, key, base::vietnamDate(act.recordedAt));
    }
    addPart(place, declared, content);
    return place;
}

}  // namespace gateway::exchange
