#pragma once
// What words of a declaration cannot say of an act in a case or a matter, and the directory can:
// `found NAME`.

#include <functional>
#include <optional>
#include <string>

#include "gateway/base/problem.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/cases/transfer_event.h"

namespace gateway::exchange {

/// Whether another case stands under it (CaseRecord::registered).
using NumberTaken = std::function<bool(const std::string& registered)>;

/// The first refusal of `rule` that begins with `found` and holds, about the field at which it
/// stands: "beyond-level" (an agency of the refusal's kinds, by code or by name, whose breaches the
/// author does not list: Luật TC VKSND 28), "other-case" (a case that is not `file`),
/// "number-taken" (`isTaken`: another case stands in the same office's register of that statistics
/// year under the number of the `registered` fact that the act would leave: TT 04/2023 30.4a).
/// An author or an agency whom the directory does not know stands above nobody. Pure.
[[nodiscard]] std::optional<base::Problem> refusedByFinding(
    const ReferenceData& reference, const model::CaseFile& file, const model::Act& act,
    const law::ActDeclaration& declared, const law::ActRule& rule, const document::Node& content,
    const NumberTaken& isTaken);

}  // namespace gateway::exchange
