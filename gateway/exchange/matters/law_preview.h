#pragma once
// What another law would make of the terms that run in a case or a matter.

#include <optional>
#include <string>
#include <vector>

#include "gateway/exchange/reference/reference_data.h"
#include "gateway/law/conditions/roles.h"
#include "gateway/model/cases/case_file.h"

namespace gateway::exchange {

enum class TermMoveKind : std::uint8_t {
    Set,     ///< runs, and did not
    Moved,   ///< ends on another day
    Passed,  ///< is over, and was not
    Lifted   ///< is owed no more
};

/// One term that the other law would change. A plain value.
struct TermMove {
    TermMoveKind kind{};
    model::Term term;  ///< as it would be
    std::optional<base::Date> was;
    struct Told {
        std::string role, agency;
    };
    std::vector<Told> told;  ///< those whom the directory knows, if they are connected
};

/// The terms of a case or a matter by two laws on one day: as the next act in the case, or the
/// clock, would find them. What both laws would change alike is left out, as are terms that are
/// answered under both. Borrows both. Pure; thread-safe.
class LawPreview {
  public:
    LawPreview(const ReferenceData& now, const ReferenceData& then, base::Date today) :
        now_(now), then_(then), today_(today) {}

    [[nodiscard]] std::vector<TermMove> movesIn(const model::CaseFile& file) const;

  private:
    [[nodiscard]] std::vector<std::string> holders(const model::CaseFile& file, law::Role role,
                                                   std::int64_t no) const;

    const ReferenceData &now_, &then_;
    base::Date today_;
};

}  // namespace gateway::exchange

template <>
struct gateway::model::Names<gateway::exchange::TermMoveKind> {
    using enum gateway::exchange::TermMoveKind;
    static constexpr std::pair<gateway::exchange::TermMoveKind, std::string_view> table[] = {
        {Set, "set"}, {Moved, "moved"}, {Passed, "passed"}, {Lifted, "lifted"}};
};
