#pragma once
// The code list "agency" for mappings, answered from the directory instead of a file.

#include <memory>

#include "gateway/exchange/reference/agency_names.h"
#include "gateway/mapping/values/code_port.h"

namespace gateway::exchange {

/// Two lists, both with canonical codes on our side. Immutable, thread-safe.
///   agency       theirs: a code in either form, or a name that means one agency on the day of the
///                message or, if none bears it then, ever did; we write the canonical code
///   agency-name  the same when read; we write the official name of that day
/// Unknown and ambiguous texts give nothing, which a mapping refuses as AGENCY_UNKNOWN and
/// AGENCY_AMBIGUOUS.
class AgencyCodes final : public mapping::CodeLists {
  public:
    AgencyCodes(std::shared_ptr<const model::AgencyDirectory> directory,
                std::shared_ptr<const AgencyNames> names);

    [[nodiscard]] std::optional<std::string> toOurs(std::string_view list, std::string_view theirs,
                                                    mapping::AsOf day) const override;
    [[nodiscard]] std::optional<std::string> toTheirs(std::string_view list, std::string_view ours,
                                                      mapping::AsOf day) const override;
    [[nodiscard]] bool knows(std::string_view list) const override;
    [[nodiscard]] base::Problem refusalOf(std::string_view list, std::string_view theirs,
                                          mapping::AsOf day) const override;

  private:
    std::shared_ptr<const model::AgencyDirectory> directory_;
    std::shared_ptr<const AgencyNames> names_;
};

}  // namespace gateway::exchange
