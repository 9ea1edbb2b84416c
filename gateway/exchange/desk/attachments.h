#pragma once
// Files that travel inside a message: checked, taken out, and named by their digest.

#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/questions/any_message.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// Decodes each attachment of the payload, compares size and SHA-256 with what was declared
/// (ATTACHMENT_MISMATCH), refuses media types that no agency should send here, fills in what was
/// not declared and empties `content`. The bytes come back for the store.
[[nodiscard]] base::Result<std::vector<store::StoredAttachment>> takeAttachments(
    model::Payload& payload);

/// The attachments of a payload, or nullptr if its type carries none.
[[nodiscard]] std::vector<model::Attachment>* attachmentsOf(model::Payload& payload);

}  // namespace gateway::exchange
