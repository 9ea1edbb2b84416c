#pragma once
// The columns, splits, identities and indicators as they were read.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/law/book/law_book.h"
#include "gateway/law/figures/declaration.h"

namespace gateway::law::figures {

/// A condition over one obligation, and the kinds of facts of which it speaks.
struct Definition {
    Condition when;
    std::set<FactKind> kinds;
};

/// Immutable. Borrows the law. load() reads legal-rules/figures.xml and process.xml below
/// `mappings`; it throws base::Fault with file and line for whatever cannot be: an unknown word,
/// act, field, term or column, two columns of one name, a sum of a column that is not counted.
class FigureBook {
  public:
    [[nodiscard]] static FigureBook load(const std::filesystem::path& mappings, const LawBook& law);

    [[nodiscard]] const LawBook& law() const noexcept { return *law_; }
    [[nodiscard]] const std::vector<Sheet>& sheets() const noexcept { return sheets_; }
    [[nodiscard]] const std::vector<Identity>& identities() const noexcept { return identities_; }
    [[nodiscard]] const std::vector<Indicator>& indicators() const noexcept { return indicators_; }
    [[nodiscard]] const Split& split(std::string_view name) const;
    [[nodiscard]] const Definition& definition(std::string_view name) const;
    /// A `ruling` of the file.
    [[nodiscard]] const RulingCondition& named(std::string_view name) const;
    [[nodiscard]] const NamedDay& day(std::string_view name) const;

    /// What its words mean, by name; the definitions of process.xml among them.
    template <class T>
    using ByName = std::map<std::string, T, std::less<>>;
    [[nodiscard]] const ByName<RulingCondition>& rulings() const noexcept { return rulings_; }
    [[nodiscard]] const ByName<Definition>& definitions() const noexcept { return definitions_; }
    [[nodiscard]] const ByName<NamedDay>& days() const noexcept { return days_; }

  private:
    explicit FigureBook(const LawBook& law) : law_(&law) {}
    friend class FigureLoader;

    const LawBook* law_;
    std::vector<Sheet> sheets_;
    std::vector<Identity> identities_;
    std::vector<Indicator> indicators_;
    ByName<Split> splits_;
    ByName<Definition> definitions_;
    ByName<RulingCondition> rulings_;
    ByName<NamedDay> days_;
};

}  // namespace gateway::law::figures
