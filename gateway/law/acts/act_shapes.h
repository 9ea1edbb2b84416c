#pragma once
// What has one shape in every act: the case it is about, files, a ruling (mappings/case-model).

#include <vector>

#include "gateway/law/acts/act_declaration.h"

namespace gateway::law {

/// How a member is written, whatever its type says of its value.
enum class MemberForm : std::uint8_t {
    Leaf,    ///< text, number or flag
    Object,  ///< members as in its shape
    List,    ///< of objects as in its shape; of texts or numbers when that is empty
    Free     ///< text, or objects and lists of the sender's
};

/// The member `case` is a reference to a case in every act.
[[nodiscard]] bool isCaseReference(const Field& field) noexcept;
/// A free member `ruling` names a ruling, or is a copy of it: whatever has its `reference`.
[[nodiscard]] bool mayBeRulingCopy(const Field& field) noexcept;
[[nodiscard]] const std::vector<Field>& rulingShape();
[[nodiscard]] MemberForm formOf(const Field& field) noexcept;
/// The members of the object, or of an item of the list. Valid as long as the field.
[[nodiscard]] const std::vector<Field>& shapeOf(const Field& field);
/// A list or files that, where they must be there, need not hold anything.
[[nodiscard]] bool mayBeEmpty(const Field& field) noexcept;

}  // namespace gateway::law
