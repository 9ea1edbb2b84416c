#include "gateway/store/sqlite/rows/case_query.h"

#include <initializer_list>
#include <utility>

namespace gateway::store::sqlite {
namespace {

// The planner keeps no figures and takes every index for equally good. So what leads is said by us:
// one case or number if that is asked for, else what the asker may see, so that a question costs
// what its asker owns and not what others do. A "+" keeps the other columns from leading
// (https://www.sqlite.org/optoverview.html, "Disqualifying WHERE terms").
class Builder {
  public:
    explicit Builder(const CaseFilter& filter) :
        narrow_(!filter.caseId.empty() || !filter.number.empty() || filter.ruling),
        row_(narrow_ || !filter.visibleTo.empty() || !filter.visibleProvinces.empty() ? "+c."
                                                                                      : "c.") {}
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
        std::string either;
        std::vector<std::string> values;
        const std::string pairs = "(VALUES " + repeated("(?, ?)", filter.visibleTo) + ")";
        const std::string provinces = "IN (" + repeated("?", filter.visibleProvinces) + ")";
        const bool both = !filter.visibleTo.empty() && !filter.visibleProvinces.empty();
        // Whose cases of a stage there are is told by their indexes.
        const bool staged = !narrow_ && !filter.stage.empty();
        const auto inStage = [staged](std::string_view table) {
            return staged ? " AND " + std::string(table) + ".stage = ?" : std::string();
        };
        if (!filter.visibleTo.empty()) {
            either =
                narrow_
                    ? "EXISTS (SELECT 1 FROM case_agency a WHERE a.case_row = c.number_of_row AND "
                      "(a.agency, a.role) IN " +
                          pairs + ")"
                    : "c.number_of_row IN (SELECT a.case_row FROM " + pairs +
                          // CROSS: the other order walks everybody's cases.
                          " v CROSS JOIN case_agency a ON a.agency = v.column1 AND "
                          "a.role = v.column2" +
                          inStage("a") +
                          (both ? " UNION SELECT p.number_of_row FROM case_file p WHERE "
                                  "p.province " +
                                      provinces + inStage("p")
                                : "") +
                          ")";
            for (const CaseAgency& agency : filter.visibleTo) {
                values.push_back(agency.agency);
                values.push_back(agency.role);
            }
            if (staged) values.push_back(filter.stage);
        }
        if (!filter.visibleProvinces.empty()) {
            if (narrow_ || !both) {
                either += either.empty() ? "" : " OR ";
                either += (narrow_ ? "+c.province " : "c.province ") + provinces + inStage("c");
            }
            values.insert(values.end(), filter.visibleProvinces.begin(),
                          filter.visibleProvinces.end());
            if (staged) values.push_back(filter.stage);
        }
        add("(" + either + ")", {});
        made_.values.insert(made_.values.end(), values.begin(), values.end());
    }
    [[nodiscard]] CaseConditions made() && {
        made_.place = row("number_of_row");
        return std::move(made_);
    }

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
    bool narrow_;
    std::string row_;
};

}  // namespace

CaseConditions conditionsOf(const CaseFilter& filter) {
    Builder builder(filter);
    if (filter.subject != kAnySubject)
        builder.add(builder.row("subject") + " = ?", {filter.subject});
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
    builder.addIf(builder.row("number_of_row") +
                      " IN (SELECT a.case_row FROM case_agency a "
                      "WHERE a.agency = ? AND a.role = 'obligated')",
                  filter.committee);
    builder.addIf(builder.row("issued_on") + " >= ?", filter.issuedFrom);
    builder.addIf(builder.row("issued_on") + " <= ?", filter.issuedUntil);
    builder.addIf(builder.row("stage") + " = ?", filter.stage);
    if (!filter.owedUntil.empty())
        builder.add("(c.first_due <> '' AND " + builder.row("first_due") + " <= ?)",
                    {filter.owedUntil});
    builder.addIf("c.number = ?", filter.number);
    builder.addVisibility(filter);
    return std::move(builder).made();
}

}  // namespace gateway::store::sqlite
