#include "gateway/store/sqlite/case_query.h"

#include <initializer_list>
#include <utility>

namespace gateway::store::sqlite {
namespace {

// The planner knows no figures and takes every index for equally good: a number would be looked for
// among all rulings of its court. Where one case or number is asked for, a "+" keeps the other
// columns from leading (https://www.sqlite.org/optoverview.html, "Disqualifying WHERE terms").
class Builder {
  public:
    explicit Builder(const CaseFilter& filter) :
        row_(filter.caseId.empty() && filter.number.empty() && !filter.ruling ? "c." : "+c.") {}
    /// The column, free to lead only if nothing narrower does.
    [[nodiscard]] std::string row(const char* column) const { return row_ + column; }
    void add(const std::string& condition, std::initializer_list<std::string> values) {
        made_.where += made_.where.empty() ? "WHERE " : " AND ";
        made_.where += condition;
        made_.values.insert(made_.values.end(), values);
    }
    void addIf(const std::string& condition, const std::string& value) {
        if (!value.empty()) {
            add(condition, {value});
        }
    }
    void addVisibility(const CaseFilter& filter) {
        if (filter.visibleTo.empty() && filter.visibleProvinces.empty()) {
            return;
        }
        // What else is asked narrows more than whose it is. Only when nothing does, and no whole
        // province is visible, it pays to start from the agency's own cases.
        const bool start = made_.where.empty() && filter.visibleProvinces.empty();
        std::string either;
        std::vector<std::string> values;
        if (!filter.visibleTo.empty()) {
            either = start ? "c.case_id IN (SELECT a.case_id FROM case_agency a WHERE "
                           : "EXISTS (SELECT 1 FROM case_agency a WHERE a.case_id = c.case_id AND ";
            either += "(a.agency, a.role) IN (VALUES ";
            either += repeated("(?, ?)", filter.visibleTo) + "))";
            for (const CaseAgency& agency : filter.visibleTo) {
                values.push_back(agency.agency);
                values.push_back(agency.role);
            }
        }
        if (!filter.visibleProvinces.empty()) {
            either += either.empty() ? "" : " OR ";
            either += row("province") + " IN (" + repeated("?", filter.visibleProvinces) + ")";
            values.insert(values.end(), filter.visibleProvinces.begin(),
                          filter.visibleProvinces.end());
        }
        add("(" + either + ")", {});
        made_.values.insert(made_.values.end(), values.begin(), values.end());
    }
    [[nodiscard]] CaseConditions made() && { return std::move(made_); }

  private:
    template <class Items>
    static std::string repeated(const std::string& text, const Items& items) {
        std::string all = text;
        for (std::size_t n = 1; n < items.size(); ++n) {
            all += ", " + text;
        }
        return all;
    }

    CaseConditions made_;
    std::string row_;
};

}  // namespace

CaseConditions conditionsOf(const CaseFilter& filter) {
    Builder builder(filter);
    builder.addIf("c.case_id = ?", filter.caseId);
    if (filter.ruling) {
        builder.add(
            "c.case_id = (SELECT r.case_id FROM case_alias r "
            "WHERE r.court = ? AND r.number = ? AND r.issued_on = ?)",
            {filter.ruling->court, filter.ruling->number, filter.ruling->date});
    }
    if (!filter.court.empty()) {
        builder.add(
            "(" + builder.row("court") + " = ? OR " + builder.row("first_instance_court") + " = ?)",
            {filter.court, filter.court});
    }
    builder.addIf(builder.row("province") + " = ?", filter.province);
    builder.addIf(builder.row("case_id") +
                      " IN (SELECT a.case_id FROM case_agency a "
                      "WHERE a.agency = ? AND a.role = 'obligated')",
                  filter.committee);
    builder.addIf(builder.row("issued_on") + " >= ?", filter.issuedFrom);
    builder.addIf(builder.row("issued_on") + " <= ?", filter.issuedUntil);
    builder.addIf(builder.row("stage") + " = ?", filter.stage);
    builder.addIf("c.number = ?", filter.number);
    builder.addVisibility(filter);
    return std::move(builder).made();
}

}  // namespace gateway::store::sqlite
