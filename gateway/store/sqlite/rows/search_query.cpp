#include "gateway/store/sqlite/rows/search_query.h"

#include <algorithm>
#include <initializer_list>

#include "gateway/base/time_format.h"
#include "gateway/store/sqlite/rows/rows.h"

namespace gateway::store::sqlite {
namespace {

using Value = std::variant<std::string, std::int64_t>;

std::int64_t millisecondsOf(base::Timestamp at) { return at.time_since_epoch().count(); }

/// What one search of one table asks for. The first of the narrowing conditions keeps its index;
/// the others are written so that SQLite cannot take theirs.
class Builder {
  public:
    Builder(std::string table, std::string row, std::string number) :
        table_(std::move(table)), row_(std::move(row)), number_(row_ + "." + number) {}

    /// In order of narrowness.
    void narrowing(const char* column, const std::string& value) {
        if (value.empty()) return;
        add(lead() + row_ + "." + column + " = ?", {value});
        led_ = true;
    }
    void narrowingBy(const std::string& condition, std::initializer_list<Value> values) {
        add(condition, values);
        led_ = true;
    }
    void remaining(const char* column, const std::string& value) {
        if (!value.empty()) add("+" + row_ + "." + column + " = ?", {value});
    }
    void remainingBy(const std::string& condition, std::initializer_list<Value> values) {
        add(condition, values);
    }
    /// The numbers of the period's rows bound what is walked, whichever condition leads.
    void period(const char* column, const SearchPeriod& period) {
        if (!period.from && !period.until) return;
        const auto from = period.from ? millisecondsOf(*period.from) : INT64_MIN;
        const auto until = period.until ? millisecondsOf(*period.until) : INT64_MAX;
        const auto bound = [&](const char* which) {
            const auto number = number_.substr(row_.size() + 1);
            return std::string("(SELECT ") + which + "(p." + number + ") FROM " + table_ +
                   " p WHERE p." + column + " BETWEEN ? AND ?)";
        };
        add(number_ + " BETWEEN " + bound("min") + " AND " + bound("max"),
            {from, until, from, until});
        add("+" + row_ + "." + column + " BETWEEN ? AND ?", {from, until});
    }
    SearchConditions made(std::int64_t before, std::size_t limit) && {
        if (before > 0) add(number_ + " < ?", {before});
        made_.text += " ORDER BY " + number_ + " DESC LIMIT ?";
        made_.values.emplace_back(rowsOf(limit));
        return std::move(made_);
    }

  private:
    [[nodiscard]] std::string lead() const { return led_ ? "+" : ""; }
    void add(const std::string& condition, std::initializer_list<Value> values) {
        made_.text += made_.text.empty() ? "WHERE " : " AND ";
        made_.text += condition;
        made_.values.insert(made_.values.end(), values);
    }

    std::string table_, row_, number_;
    SearchConditions made_;
    bool led_ = false;
};

}  // namespace

SearchConditions conditionsOf(const MessageSearch& search, std::int64_t before, std::size_t limit) {
    Builder builder("message", "m", "position");
    builder.narrowing("receipt_id", search.receiptId);
    if (search.messageId.empty() || !search.receiptId.empty())
        builder.remaining("message_id", search.messageId);
    else if (!search.agency.empty())
        builder.narrowingBy("m.agency = ? AND m.message_id = ?", {search.agency, search.messageId});
    else
        builder.narrowingBy(std::string("m.position IN (") + kPositionsOfId + "?)",
                            {search.messageId});
    if (!search.digest.empty())
        builder.narrowingBy(
            "m.position IN (SELECT d.position FROM message d WHERE d.body_sha256 = ? UNION "
            "SELECT d.position FROM message d WHERE d.content_sha256 = ?)",
            {search.digest, search.digest});
    if (search.waiting) builder.narrowingBy("m.position IN (SELECT w.position FROM parked w)", {});
    builder.narrowing("case_id", search.caseId);
    if (search.ruling)
        builder.narrowingBy(
            "m.case_id = (SELECT r.case_id FROM case_alias r "
            "WHERE r.court = ? AND r.number = ? AND r.issued_on = ?)",
            {search.ruling->court, search.ruling->number, search.ruling->date});
    builder.narrowing("agency", search.agency);
    builder.narrowing("channel", search.channel);
    builder.remaining("message_type", search.messageType);
    builder.period("received_at", search.received);
    return std::move(builder).made(before, limit);
}

SearchConditions conditionsOf(const RefusalSearch& search, std::int64_t before, std::size_t limit) {
    Builder builder("refusal", "r", "number");
    builder.narrowing("refusal_id", search.refusalId);
    builder.narrowing("message_id", search.messageId);
    builder.narrowing("body_sha256", search.digest);
    builder.narrowing("agency", search.agency);
    builder.narrowing("channel", search.channel);
    builder.remaining("code", search.code);
    builder.period("at", search.at);
    return std::move(builder).made(before, limit);
}

SearchConditions conditionsOf(const ReadSearch& search, std::int64_t before, std::size_t limit) {
    Builder builder("read_audit", "a", "number");
    if (!search.itemId.empty())
        builder.narrowingBy("a.item_id = ? AND a.item_id <> ''", {search.itemId});
    builder.narrowing("agency", search.agency);
    builder.narrowing("channel", search.channel);
    if (!search.caseId.empty())
        builder.remainingBy(
            "EXISTS (SELECT 1 FROM json_each(a.case_ids) shown WHERE shown.value = ?)",
            {search.caseId});
    builder.period("at", search.at);
    return std::move(builder).made(before, limit);
}

}  // namespace gateway::store::sqlite
