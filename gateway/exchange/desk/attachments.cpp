#include "gateway/exchange/desk/attachments.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "gateway/base/encoding.h"
#include "gateway/document/digest.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;

// What offices exchange (NĐ 30/2020: PDF and the editable forms); nothing that runs by itself.
constexpr std::array<std::string_view, 14> kMediaTypes = {
    "application/pdf",
    "application/xml",
    "text/xml",
    "text/plain",
    "text/csv",
    "application/zip",
    "application/msword",
    "application/rtf",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text",
    "image/jpeg",
    "image/png"};

std::string placeOf(const model::Payload& payload, const std::vector<model::Attachment>& all,
                    const model::Attachment& attachment) {
    const bool ofRuling = std::holds_alternative<model::JudgmentTransfer>(payload);
    return (ofRuling ? "ruling/attachments/" : "attachments/") +
           std::to_string(&attachment - all.data());
}

Problem mismatch(const model::Payload& payload, const std::vector<model::Attachment>& all,
                 const model::Attachment& attachment) {
    return Problem(ErrorCode::ATTACHMENT_MISMATCH, placeOf(payload, all, attachment), {})
        .with("name", attachment.fileName);
}

// One file under several names would be kept, rendered and sent as many times.
Problem repeated(const model::Payload& payload, const std::vector<model::Attachment>& all,
                 const model::Attachment& attachment) {
    return Problem(ErrorCode::ATTACHMENT_REPEATED, placeOf(payload, all, attachment), {})
        .with("name", attachment.fileName);
}

struct Finder {
    std::vector<model::Attachment>* operator()(model::JudgmentTransfer& m) const {
        return &m.ruling.attachments;
    }
    std::vector<model::Attachment>* operator()(model::DocumentTransfer& m) const {
        return &m.attachments;
    }
    std::vector<model::Attachment>* operator()(model::DeclaredAct& m) const {
        return &m.attachments;
    }
    template <class Other>
    std::vector<model::Attachment>* operator()(Other&) const {
        return nullptr;
    }
};

}  // namespace

std::vector<model::Attachment>* attachmentsOf(model::Payload& payload) {
    return std::visit(Finder{}, payload);
}

base::Result<std::vector<store::StoredAttachment>> takeAttachments(model::Payload& payload) {
    std::vector<store::StoredAttachment> stored;
    auto* attachments = attachmentsOf(payload);
    if (!attachments) return stored;
    std::set<std::string> seen;
    for (auto& attachment : *attachments) {
        attachment.sha256 = document::lowerCaseHex(std::move(attachment.sha256));
        if (std::ranges::find(kMediaTypes, attachment.mediaType) == kMediaTypes.end())
            return mismatch(payload, *attachments, attachment);
        if (!attachment.sha256.empty() && attachment.content.empty() &&
            !seen.insert(attachment.sha256).second)
            return repeated(payload, *attachments, attachment);
        // Named but not enclosed: the paper follows by another way; the name stays on record.
        if (attachment.content.empty()) continue;
        auto bytes = base::fromBase64(attachment.content);
        if (!bytes) return mismatch(payload, *attachments, attachment);
        const std::string digest = document::sha256(*bytes).hex();
        const auto size = static_cast<std::int64_t>(bytes->size());
        if ((!attachment.sha256.empty() && attachment.sha256 != digest) ||
            (attachment.sizeBytes != 0 && attachment.sizeBytes != size))
            return mismatch(payload, *attachments, attachment);
        if (!seen.insert(digest).second) return repeated(payload, *attachments, attachment);
        attachment.sha256 = digest;
        attachment.sizeBytes = size;
        attachment.content.clear();
        stored.push_back({digest, std::move(*bytes)});
    }
    return stored;
}

}  // namespace gateway::exchange
