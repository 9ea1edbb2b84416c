#pragma once
// What an agency is outside a case: by its kind and level, over the whole of its province.

#include <set>
#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/conditions/roles.h"
#include "gateway/model/agencies/agency_directory.h"
#include "gateway/model/cases/matter.h"

namespace gateway::exchange {

/// On one day. Borrows the directory. Pure; thread-safe.
class OfficeRoles {
  public:
    OfficeRoles(const model::AgencyDirectory& directory, base::Date day) :
        directory_(directory), day_(day) {}

    /// Whether such an agency can hold the role at all.
    [[nodiscard]] static bool fits(law::Role role, const model::Agency& agency);

    [[nodiscard]] std::set<law::Role> of(const std::string& agency) const;
    /// Those of `named` that fit, else whoever is competent for the province.
    [[nodiscard]] std::vector<std::string> holders(law::Role role, const std::string& province,
                                                   const std::vector<std::string>& named) const;

    /// In a matter's file only who has to do with it holds a role, over the succession of
    /// agencies; the department and the ministry see to all of them.
    [[nodiscard]] std::set<law::Role> in(const model::Matter& matter, const model::MatterPart& part,
                                         const std::string& agency) const;
    [[nodiscard]] std::vector<std::string> holdersIn(const model::Matter& matter,
                                                     const model::MatterPart& part,
                                                     law::Role role) const;
    /// Every agency that `text` or what is below it names by its code.
    [[nodiscard]] std::vector<std::string> namedIn(const document::Node& content) const;

  private:
    const model::AgencyDirectory& directory_;
    base::Date day_;
};

}  // namespace gateway::exchange
