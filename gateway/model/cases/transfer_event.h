#pragma once
// How a case begins: the event of a transferred ruling. Law: Luật TTHC Đ.75.2, 196.3, 202.2, 244.1,
// 279, 286.

#include <string>

#include "gateway/model/cases/event.h"

namespace gateway::model {

/// Who acts, when and by which signed message; copied into the events.
struct Act {
    std::string actor;
    std::string messageId;
    std::string contentSha256;
    base::Timestamp recordedAt{};
    std::optional<RecordedFor> recordedFor{};  ///< whose act it is, if not the actor's
};

/// Whose act it is: its author, or what the record calls one that is no agency.
[[nodiscard]] inline const std::string& authorOf(const Act& act) noexcept {
    return act.recordedFor ? act.recordedFor->author : act.actor;
}

/// An event by that act, on the day on which it is recorded.
[[nodiscard]] Event eventBy(const Act& act, EventType type, std::string caseId);

/// The event of a transferred ruling; `ruling` must already be normalised and without attachment
/// contents. What law makes of it (Event::decided) is the caller's to add.
[[nodiscard]] Event transferEvent(const Act& act, Ruling ruling, Routing routing,
                                  std::string caseId);

}  // namespace gateway::model
