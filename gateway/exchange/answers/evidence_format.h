#pragma once
// Receipts and refusals in the words of who gets them.

#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/reception.h"

namespace gateway::exchange {

/// What a registration calls the two in <out message="...">, beside the types of messages.
[[nodiscard]] bool isEvidence(std::string_view type) noexcept;

/// An answer of ours as the registration of the message's signer wants it (<out message="Receipt">,
/// <out message="Refusal">), sealed anew; else, and where it cannot be written so, as it is. The
/// mapping's ours is receipt.xsd or receipt.schema.json, whichever is the answer's own family. One
/// that only writes answers the documents that its <accept> takes, and may ask of them as
/// `$document/answered`; anything else is answered in the canonical form.
/// What is kept, and what GET /v1/receipts gives, stays the canonical one.
[[nodiscard]] Answer inSignersFormat(const Inbound& inbound, const Identity& identity,
                                     Answer answer);

}  // namespace gateway::exchange
