#pragma once
// Finding an agency by what a partner wrote: a code in either form, or a name.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/agencies/agency_directory.h"
#include "gateway/model/agencies/name_spellings.h"
#include "gateway/model/agencies/near_names.h"

namespace gateway::exchange {

/// Look-ups by code and by name. A name is taken as it stands, then with its spelling folded
/// (document::nameKey), then by what people write in its place (model::NameSpellings).
/// Immutable, thread-safe.
class AgencyNames {
  public:
    AgencyNames(std::shared_ptr<const model::AgencyDirectory> directory,
                model::NameSpellings spellings);

    /// Those that bear the name on that day; if there is none, those that ever bore it (a court
    /// is named as it was called in its ruling). Of either the nearest spelling goes first. In
    /// order of code.
    [[nodiscard]] std::vector<const model::Agency*> candidates(std::string_view name,
                                                               base::Date day) const;
    /// Whose names are like this one, most alike first: to choose from, never an answer.
    [[nodiscard]] std::vector<const model::Agency*> near(std::string_view name) const;

    /// The one agency meant by a code (whether or not it still exists) or by a name. AGENCY_UNKNOWN
    /// with what is like it if there is none, AGENCY_AMBIGUOUS listing the candidates if there are
    /// several.
    [[nodiscard]] base::Result<const model::Agency*> resolve(std::string_view codeOrName,
                                                             base::Date day) const;
    /// That nobody is called so, with those whose names are like it.
    [[nodiscard]] base::Problem unknown(std::string_view codeOrName, base::Date day,
                                        std::string path = {}) const;

    [[nodiscard]] const model::NameSpellings& spellings() const noexcept { return spellings_; }

  private:
    struct Borne {
        const model::Agency* agency;
        model::Period period;  ///< of the name and of the agency
    };
    using ByKey = std::multimap<std::string, Borne, std::less<>>;

    std::shared_ptr<const model::AgencyDirectory> directory_;
    model::NameSpellings spellings_;
    ByKey byText_, byKey_, bySpelling_;
    model::NearNames near_;
};

}  // namespace gateway::exchange
