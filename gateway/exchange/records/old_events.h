#pragma once
// Events that were recorded before acts were declared, read as those of today.

#include "gateway/document/tree.h"

namespace gateway::exchange {

/// `event` as it stands in the log. What was said stood in a member of its own for each of the acts
/// of then; it becomes Event::act. Without Event::decided it means what it meant
/// (model/cases/case_facts.h). Leaves alone what it cannot read: reading the event then fails.
void inWordsOfToday(document::Node& event);

}  // namespace gateway::exchange
