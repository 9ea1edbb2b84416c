#pragma once
// Who sees a term, by number: the lines beside a row of case_term. Internal to the term tables.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/records.h"
#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

/// Why somebody sees a term; bits of term_line.why.
namespace why {
inline constexpr std::int64_t kOwner = 1, kCourt = 2, kFirstCourt = 4, kEnforcement = 8,
                              kProcuracy = 16, kProvince = 32, kOfficer = 64;
}  // namespace why

/// The bit of a role in a case; of obligated ones, whoever owes the term. 0: no reason.
[[nodiscard]] std::int64_t whyOf(std::string_view role);

struct TermReader {
    std::int64_t number = 0;
    std::int64_t why = 0;
    friend auto operator<=>(const TermReader&, const TermReader&) = default;
};

/// Names under which provinces and officers are numbered.
[[nodiscard]] std::string provinceReader(std::string_view province);
[[nodiscard]] std::string officerReader(std::string_view name);

/// 0: nobody of this name sees anything.
[[nodiscard]] std::int64_t readerNumber(Connection& connection, std::string_view name);
/// All provinces in which there is or was a term.
[[nodiscard]] std::vector<std::int64_t> provinceNumbers(Connection& connection);

/// Numbers the readers of the terms of one case as they are written; new names are entered.
class CaseReaders {
  public:
    CaseReaders(Connection& connection, const CaseRecord& record);
    /// In the order of their numbers, each once.
    [[nodiscard]] std::vector<TermReader> of(const TermRow& row);

  private:
    void add(std::vector<TermReader>& readers, const std::string& name, std::int64_t why);
    std::int64_t numberOf(const std::string& name);

    Connection& connection_;
    std::vector<TermReader> common_;
    std::vector<std::pair<std::string, std::int64_t>> known_;
};

/// As case_term.seen keeps them.
[[nodiscard]] std::string textOf(const std::vector<TermReader>& readers);
[[nodiscard]] std::vector<TermReader> readersIn(const std::string& text);

/// A day as the tables keep it (yyyy-MM-dd as yyyyMMdd), and back.
[[nodiscard]] std::int64_t dayNumber(const std::string& day);
[[nodiscard]] std::string dayText(std::int64_t number);

}  // namespace gateway::store::sqlite
