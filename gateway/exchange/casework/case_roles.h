#pragma once
// Which agency is what in a case: the roles of the law, held by agencies of the directory.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "gateway/exchange/reference/reference_data.h"
#include "gateway/law/conditions/roles.h"
#include "gateway/model/cases/case_file.h"

namespace gateway::exchange {

/// Of one case on one day. Borrows all; pure. Law: mappings/acts; that the enforcement authority is
/// that of the province is the directory's inference; of procuracies: court_procuracy.h.
class CaseRoles {
  public:
    CaseRoles(const ReferenceData& reference, const model::CaseFile& file, base::Date day) :
        reference_(reference), directory_(reference.directory()), file_(file), day_(day) {}

    /// What an agency is for one obligation, over the succession of agencies.
    [[nodiscard]] std::set<law::Role> of(const std::string& agency, std::int64_t obligation) const;

    /// Whether it is more in this case than any authority is in every case.
    [[nodiscard]] bool hasPart(const std::string& agency) const;

    /// Who holds a role for one obligation, as the case has them. Empty: nobody whom the directory
    /// knows (a person, the public), or a role that the act itself fills (addressee, author).
    [[nodiscard]] std::vector<std::string> holders(law::Role role, std::int64_t obligation) const;

    /// The agency that text names as the directory has it; empty: none.
    [[nodiscard]] std::string agencyNamed(const std::string& text) const;

  private:
    [[nodiscard]] std::string obligatedIn(std::int64_t obligation) const;
    [[nodiscard]] std::string superiorOf(std::int64_t obligation) const;
    [[nodiscard]] std::string issuersProcuracy() const;
    [[nodiscard]] std::string department() const;
    [[nodiscard]] bool standsAbove(const model::Agency& agency) const;

    const ReferenceData& reference_;
    const model::AgencyDirectory& directory_;
    const model::CaseFile& file_;
    base::Date day_;
};

/// The agency that a party of a case is, by its code or by a name that one alone bears in that
/// province or without any; else the text. An empty province: anywhere.
[[nodiscard]] std::string partyNamed(const ReferenceData& reference, const std::string& text,
                                     const std::string& province, base::Date day);

/// How an act's recipient by name is kept in CaseFile::acts.
[[nodiscard]] std::string toldAs(law::Role role, const std::string& agency);

}  // namespace gateway::exchange
