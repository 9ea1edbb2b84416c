#pragma once
// A letter that the court writes, to nobody yet.

#include "gateway/model/messages/document_transfer.h"
#include "tests/scenario/support/facts.h"

namespace gateway::exchange::fixture {

[[nodiscard]] inline model::DocumentTransfer courtsLetter() {
    model::DocumentTransfer letter;
    letter.documentId = "G1";
    letter.number = "10";
    letter.notation = "TB";
    letter.subject = "Về việc chuyển bản án";
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = scenario::kCourt;
    return letter;
}

}  // namespace gateway::exchange::fixture
