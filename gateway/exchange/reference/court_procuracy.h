#pragma once
// Viện kiểm sát cùng cấp: the procuracy of a court's level and territory. Law: Luật TTHC Đ.196,
// 312.2; Luật TC VKSND.

#include <string_view>

#include "gateway/model/agencies/agency_directory.h"

namespace gateway::exchange {

/// On that day, of the court or of whoever has followed it whole: of a region (or district) the
/// procuracy of that region, which bears its code below the first level
/// (mappings/agencies/README.md); while the directory has none, and of a province, the province's;
/// of a higher court the supreme one. nullptr: the court is unknown or lies in no province. Pure;
/// thread-safe.
[[nodiscard]] const model::Agency* procuracyOf(const model::AgencyDirectory& directory,
                                               std::string_view court, base::Date day);

}  // namespace gateway::exchange
