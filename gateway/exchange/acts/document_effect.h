#pragma once
// What each kind of document does to earlier ones: a kind more is a row here and its name in the
// model.

#include <cstdint>

#include "gateway/model/messages/document_transfer.h"

namespace gateway::exchange {

/// How an earlier document stands afterwards.
enum class EarlierStanding : std::uint8_t {
    AsBefore,       ///< none is acted on
    Ended,          ///< with everybody
    WithOthers,     ///< `receivers` says whom it leaves, and who gets this one has it
    EndedForThose,  ///< with those who are named for it, or with everybody
};

struct DocumentEffect {
    EarlierStanding standing = EarlierStanding::AsBefore;
    bool standsItself = true;   ///< a document that others may act on
    bool namesSeveral = false;  ///< by `replaces`; else by `earlierId`, or its own id
};

[[nodiscard]] constexpr DocumentEffect effectOf(model::DocumentBusiness business) noexcept {
    using enum model::DocumentBusiness;
    using enum EarlierStanding;
    switch (business) {
        case New: return {};
        case Withdrawal: return {.standing = Ended, .standsItself = false};
        case Update: return {.standing = WithOthers};
        case Replacement: return {.standing = EndedForThose, .namesSeveral = true};
    }
    return {};
}

}  // namespace gateway::exchange
