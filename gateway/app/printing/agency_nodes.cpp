#include "gateway/app/printing/agency_nodes.h"

#include <algorithm>
#include <array>

#include "gateway/base/time_format.h"

namespace gateway::app {
namespace {

using document::Node;
using model::Agency;

/// "000.00.11.H53" for H53.11; empty where the older form has no room for it.
std::string olderForm(const std::string& code) {
    constexpr std::array<const char*, 4> kAbsent{"", "00", "00", "000"};
    std::string older, rest = code;
    for (std::size_t level = 0; level < kAbsent.size(); ++level) {
        const auto dot = rest.find('.');
        auto group = rest.substr(0, dot);
        rest = dot == std::string::npos ? std::string() : rest.substr(dot + 1);
        older = (group.empty() ? kAbsent[level] : group) + (older.empty() ? "" : "." + older);
    }
    return rest.empty() && model::canonicalAgencyCode(older) == code ? older : std::string();
}

void addPeriod(Node& node, const model::Period& period) {
    if (period.from) document::addText(node, "from", base::formatDate(*period.from));
    if (period.until) document::addText(node, "until", base::formatDate(*period.until));
}

class Answering {
  public:
    Answering(const model::AgencyDirectory& directory, const exchange::AgencyNames& names,
              base::Date day, base::Date today) :
        directory_(directory), names_(names), day_(day), today_(today) {}

    Node brief(const char* member, const Agency& agency, base::Date day) const {
        auto node = document::objectNode(member);
        document::addText(node, "code", agency.code);
        document::addText(node, "name", std::string(agency.nameOn(day)));
        return node;
    }

    Node agencyNode(const Agency& agency) const {
        auto node = brief("", agency, day_);
        if (const auto older = olderForm(agency.code); !older.empty())
            document::addText(node, "olderCode", older);
        document::addText(node, "codeStatus", std::string(nameOf(agency.status)));
        document::addText(node, "kind", std::string(nameOf(agency.kind)));
        document::addText(node, "level", std::string(nameOf(agency.level)));
        addPeriod(node, agency.period);
        node.children.push_back(document::booleanNode("holds", agency.period.covers(day_)));
        auto names = document::arrayNode("names");
        for (const auto& name : agency.names) {
            auto one = document::objectNode();
            document::addText(one, "text", name.text);
            addPeriod(one, name.period);
            if (name.alias) one.children.push_back(document::booleanNode("alias", true));
            names.children.push_back(std::move(one));
        }
        node.children.push_back(std::move(names));
        if (!agency.territory.empty()) document::addText(node, "territory", agency.territory);
        if (const auto* superior = directory_.find(agency.superior))
            node.children.push_back(brief("superior", *superior, day_));
        auto successors = document::arrayNode("successors");
        for (const auto& succession : agency.successors) {
            const auto* successor = directory_.find(succession.successor);
            auto one = brief("", *successor, succession.on);
            document::addText(one, "on", base::formatDate(succession.on));
            document::addText(one, "type", std::string(nameOf(succession.type)));
            if (!succession.basis.empty()) document::addText(one, "basis", succession.basis);
            successors.children.push_back(std::move(one));
        }
        node.children.push_back(std::move(successors));
        if (const auto* holder = directory_.holderOn(agency.code, today_))
            node.children.push_back(brief("today", *holder, today_));
        if (!agency.note.empty()) document::addText(node, "note", agency.note);
        return node;
    }

    Node territoryNode(const model::Territory& territory) const {
        auto node = document::objectNode();
        document::addText(node, "id", territory.id);
        document::addText(node, "gso", territory.id.substr(territory.id.find('-') + 1));
        document::addText(node, "name", territory.names.back().text);
        addPeriod(node, territory.period);
        node.children.push_back(document::booleanNode("holds", territory.period.covers(day_)));
        if (const auto* next = directory_.territories().find(territory.successor)) {
            auto successor = document::objectNode("successor");
            document::addText(successor, "id", next->id);
            document::addText(successor, "name", next->names.back().text);
            document::addText(successor, "on", base::formatDate(*territory.successionOn));
            node.children.push_back(std::move(successor));
        }
        auto bodies = document::arrayNode("bodies");
        for (const auto& agency : directory_.all())
            if (agency.level == model::AgencyLevel::Province && agency.period.covers(day_) &&
                territory.period.covers(day_) &&
                directory_.territories().at(agency.territory, day_) == territory.id)
                bodies.children.push_back(brief("", agency, day_));
        node.children.push_back(std::move(bodies));
        return node;
    }

    bool isCalled(const model::Territory& territory, const std::string& text) const {
        const auto& spellings = names_.spellings();
        const auto key = spellings.key(text);
        return text == territory.id || text == territory.id.substr(territory.id.find('-') + 1) ||
               std::ranges::any_of(territory.names, [&](const auto& name) {
                   return spellings.key(name.text) == key || spellings.shortKey(name.text) == key;
               });
    }

  private:
    const model::AgencyDirectory& directory_;
    const exchange::AgencyNames& names_;
    base::Date day_, today_;
};

std::string valueOf(const Node& node, const char* member) {
    const auto* found = node.child(member);
    return found ? found->value : std::string();
}

std::string called(const Node& node) {
    const auto code = valueOf(node, "code");
    return (code.empty() ? valueOf(node, "id") : code) + " " + valueOf(node, "name");
}

std::string periodText(const Node& node) {
    const auto from = valueOf(node, "from"), until = valueOf(node, "until");
    return (from.empty() ? "" : " from " + from) + (until.empty() ? "" : " until before " + until);
}

std::string agencyText(const Node& node) {
    std::string text = called(node) + "\n  " + valueOf(node, "kind") + ", " +
                       valueOf(node, "level") + periodText(node) +
                       (valueOf(node, "holds") == "true" ? "" : "; NOT on that day") + "\n";
    if (const auto older = valueOf(node, "olderCode"); !older.empty())
        text += "  older form of the code: " + older + "\n";
    const auto status = valueOf(node, "codeStatus");
    text += "  code: " + status +
            (status == "verified" ? "" : " (not seen in an official source)") + "\n";
    for (const auto& name : node.child("names")->children)
        text += (valueOf(name, "alias").empty() ? "  name: " : "  also written: ") +
                valueOf(name, "text") + periodText(name) + "\n";
    if (const auto* superior = node.child("superior"))
        text += "  superior: " + called(*superior) + "\n";
    for (const auto& one : node.child("successors")->children)
        text += "  followed on " + valueOf(one, "on") + " (" + valueOf(one, "type") + ") by " +
                called(one) + "\n";
    if (const auto* today = node.child("today"); today && called(*today) != called(node))
        text += "  today: " + called(*today) + "\n";
    if (!node.child("today")) text += "  today: nobody has its place\n";
    if (const auto note = valueOf(node, "note"); !note.empty()) text += "  note: " + note + "\n";
    return text;
}

std::string territoryText(const Node& node) {
    std::string text = valueOf(node, "name") + " (" + valueOf(node, "id") +
                       ")\n  province, code of the statistical office " + valueOf(node, "gso") +
                       periodText(node) +
                       (valueOf(node, "holds") == "true" ? "" : "; NOT on that day") + "\n";
    if (const auto* next = node.child("successor"))
        text += "  became on " + valueOf(*next, "on") + ": " + valueOf(*next, "name") + " (" +
                valueOf(*next, "id") + ")\n";
    for (const auto& body : node.child("bodies")->children) text += "  " + called(body) + "\n";
    return text;
}

}  // namespace

DirectoryAnswer answerOf(const model::AgencyDirectory& directory,
                         const exchange::AgencyNames& names, const std::string& text,
                         base::Date day, base::Date today) {
    const Answering answering(directory, names, day, today);
    DirectoryAnswer answer{DirectoryAnswer::Fit::None, document::objectNode()};
    document::addText(answer.node, "text", text);
    document::addText(answer.node, "on", base::formatDate(day));
    std::size_t fit = 0;
    auto territories = document::arrayNode("territories");
    for (const auto& territory : directory.territories().all()) {
        if (!answering.isCalled(territory, text)) continue;
        fit += territory.period.covers(day) ? 1 : 0;
        territories.children.push_back(answering.territoryNode(territory));
    }
    auto agencies = document::arrayNode("agencies"), near = document::arrayNode("near");
    std::vector<const Agency*> found;
    if (const auto* coded = directory.find(text))
        found = {coded};
    else
        found = names.candidates(text, day);
    for (const auto* agency : found) agencies.children.push_back(answering.agencyNode(*agency));
    fit += found.size();
    if (fit == 0 && territories.children.empty())
        for (const auto* agency : names.near(text))
            near.children.push_back(answering.brief("", *agency, day));
    for (auto* list : {&territories, &agencies, &near})
        answer.node.children.push_back(std::move(*list));
    using enum DirectoryAnswer::Fit;
    answer.fit = fit == 0 ? None : fit == 1 ? One : Several;
    return answer;
}

std::string textOf(const Node& answer) {
    std::string text;
    for (const auto& one : answer.child("territories")->children) text += territoryText(one);
    for (const auto& one : answer.child("agencies")->children) text += agencyText(one);
    if (text.empty()) text = "nobody is called \"" + valueOf(answer, "text") + "\"\n";
    for (const auto& one : answer.child("near")->children)
        text += "  like it: " + called(one) + "\n";
    return text;
}

}  // namespace gateway::app
