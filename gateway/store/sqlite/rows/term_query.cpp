#include "gateway/store/sqlite/rows/term_query.h"

#include <algorithm>
#include <map>

#include "gateway/document/json.h"

namespace gateway::store::sqlite {
namespace {

using Values = std::vector<std::string>;

constexpr const char* kOwner = "owner";
constexpr const char* kCourt = "court";
constexpr const char* kFirstCourt = "first_instance_court";
constexpr const char* kProcuracy = "procuracy";
constexpr const char* kOfficer = "officer";
constexpr const char* kProvince = "province";
constexpr const char* kCase = "case_id";

// The column that holds the agency of a role in a case; of obligated ones, whoever owes the term.
const char* columnOf(const std::string& role) {
    if (role == "court" || role == "lead") return kCourt;  // of a matter, who leads it
    if (role == "first-instance-court") return kFirstCourt;
    if (role == "enforcement") return "enforcement";
    if (role == "procuracy") return kProcuracy;
    return role == "obligated" ? kOwner : nullptr;
}

// For json_each().
std::string jsonOf(const Values& values) {
    auto list = document::arrayNode({});
    for (const auto& value : values) list.children.push_back(document::stringNode("", value));
    return document::writeJson(list);
}

/// Columns and the values by which the asker sees a row; any of them is enough.
using Sight = std::map<std::string, Values>;

Sight sightOf(const TermFilter& filter) {
    Sight sight;
    for (const auto& [agency, role] : filter.visibleTo)
        if (const auto* column = columnOf(role); column && !agency.empty())
            sight[column].push_back(agency);
    if (!filter.visibleProvinces.empty()) sight[kProvince] = filter.visibleProvinces;
    auto& owners = sight[kOwner];
    owners.insert(owners.end(), filter.own.begin(), filter.own.end());
    if (owners.empty()) sight.erase(kOwner);
    // One that is seen for two reasons is walked once.
    for (auto& [column, values] : sight) {
        std::ranges::sort(values);
        values.erase(std::ranges::unique(values).begin(), values.end());
    }
    return sight;
}

class Walks {
  public:
    Walks(const TermFilter& filter, const Values& provinces) :
        filter_(filter), sight_(sightOf(filter)) {
        if (!filter.caseId.empty())
            lead(kCase, filter.caseId, visible());
        else if (!filter.owners.empty())
            for (const auto& owner : filter.owners) lead(kOwner, owner, visible());
        else if (!filter.officer.empty())
            lead(kOfficer, filter.officer, visible());
        else if (filter.everything)
            for (const auto& province : provinces) lead(kProvince, province, {});
        else
            bySight();
    }
    std::vector<TermWalk> take() && { return std::move(walks_); }

  private:
    struct Part {
        std::string where;
        Values values;
    };

    void bySight() {
        Part seen;  // by an earlier walk already
        for (const auto& [column, values] : sight_) {
            for (const auto& value : values) {
                lead(column, value, seen);
                if (column == kCourt) alsoFirst(value, seen);
            }
            seen.where += " AND +" + column + " NOT IN (SELECT value FROM json_each(?))";
            seen.values.push_back(jsonOf(values));
        }
    }

    // The index of issuing courts leaves out those that are of first instance too.
    void alsoFirst(const std::string& court, const Part& seen) {
        Part rest = seen;
        rest.where += " AND +court = ?";
        rest.values.push_back(court);
        lead(kFirstCourt, court, rest);
    }

    [[nodiscard]] Part visible() const {
        if (filter_.everything) return {};
        Part part;
        for (const auto& [column, values] : sight_) {
            part.where += (part.where.empty() ? " AND (+" : " OR +") + column +
                          " IN (SELECT value FROM json_each(?))";
            part.values.push_back(jsonOf(values));
        }
        part.where += part.where.empty() ? " AND 0" : ")";
        return part;
    }

    void lead(const std::string& column, const std::string& value, const Part& rest) {
        if (filter_.list == TermsOf::Owed) return add(column, value, "answered = 0", rest);
        add(column, value, "answered = 0 AND +passed = 1 AND +breach = 1", rest);
        add(column, value, "answered = 1", rest);
    }

    void add(const std::string& column, const std::string& value, const char* answered,
             const Part& rest) {
        const bool byCase = column == kCase;
        TermWalk walk;
        walk.from = byCase ? "case_term" : "case_term INDEXED BY case_term_" + column;
        walk.where = column + " = ?";
        if (column == kOfficer || column == kProcuracy) walk.where += " AND " + column + " <> ''";
        if (column == kCourt) walk.where += " AND court <> first_instance_court";
        walk.where += std::string(" AND ") + answered + rest.where;
        walk.values.push_back(value);
        walk.values.insert(walk.values.end(), rest.values.begin(), rest.values.end());
        const auto also = [&walk](const std::string& condition, const std::string& wanted) {
            if (wanted.empty()) return;
            walk.where += " AND " + condition;
            walk.values.push_back(wanted);
        };
        if (!filter_.owners.empty() && column != kOwner)
            also("+owner IN (SELECT value FROM json_each(?))", jsonOf(filter_.owners));
        if (!filter_.exceptOwners.empty())
            also("+owner NOT IN (SELECT value FROM json_each(?))", jsonOf(filter_.exceptOwners));
        if (!filter_.court.empty()) {
            walk.where += " AND (+first_instance_court = ? OR +court = ?)";
            walk.values.insert(walk.values.end(), 2, filter_.court);
        }
        also("+province = ?", filter_.province);
        also("+owes = ?", filter_.owes);
        if (column != kOfficer) also("+officer = ?", filter_.officer);
        also("+rule = ?", filter_.rule);
        also("due >= ?", filter_.dueFrom);
        also("due <= ?", filter_.dueUntil);
        walks_.push_back(std::move(walk));
    }

    const TermFilter& filter_;
    Sight sight_;
    std::vector<TermWalk> walks_;
};

}  // namespace

bool needsProvinces(const TermFilter& filter) {
    return filter.everything && filter.caseId.empty() && filter.owners.empty() &&
           filter.officer.empty();
}

std::vector<TermWalk> walksOf(const TermFilter& filter, const std::vector<std::string>& provinces) {
    return Walks(filter, provinces).take();
}

}  // namespace gateway::store::sqlite
