#pragma once
// Finding an agency by what a partner wrote: a code in either form, or a name.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/agencies/agency_directory.h"

namespace gateway::exchange {

/// Look-ups by code and by name, spelling folded (document::nameKey). Immutable, thread-safe.
class AgencyNames {
  public:
    explicit AgencyNames(std::shared_ptr<const model::AgencyDirectory> directory);

    /// Those that bear the name on that day; if there is none, those that ever bore it (a court
    /// is named as it was called in its ruling). An exact spelling goes before a folded one. In
    /// order of code.
    [[nodiscard]] std::vector<const model::Agency*> candidates(std::string_view name,
                                                               base::Date day) const;

    /// The one agency meant by a code (whether or not it still exists) or by a name. AGENCY_UNKNOWN
    /// if there is none, AGENCY_AMBIGUOUS listing the candidates if there are several.
    [[nodiscard]] base::Result<const model::Agency*> resolve(std::string_view codeOrName,
                                                             base::Date day) const;

  private:
    std::shared_ptr<const model::AgencyDirectory> directory_;
    std::multimap<std::string, const model::Agency*, std::less<>> byKey_;
};

}  // namespace gateway::exchange
