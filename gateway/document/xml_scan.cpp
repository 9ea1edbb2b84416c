#include "gateway/document/xml_scan.h"

#include "gateway/base/limits.h"

namespace gateway::document {
namespace {

using base::ErrorCode;
using base::Problem;

Problem problemAt(ErrorCode code, std::string_view bytes, std::size_t offset) {
    return Problem(code, {}, PositionCursor(bytes).at(offset));
}

// UTF-16 and UTF-32 with or without mark, and EBCDIC: what XML 1.0 appendix F tells apart.
bool looksLikeOtherEncoding(std::string_view bytes) noexcept {
    const auto byte = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0x20U;
    };
    if (byte(0) == 0xFE || byte(0) == 0xFF) return true;
    if (byte(0) == 0x00 || (byte(0) == '<' && byte(1) == 0x00)) return true;
    return byte(0) == 0x4C && byte(1) == 0x6F;
}

// How many quoted values stand between '<' and the end of that tag. A raw '<' is legal in no
// tag, so each one starts anew: whatever libxml2 makes of the bytes, it cannot see more.
std::size_t quotedValues(std::string_view fromBracket, std::size_t& next) noexcept {
    std::size_t count = 0, i = 1;
    char quote = 0;
    for (; i < fromBracket.size(); ++i) {
        const char c = fromBracket[i];
        if (c == '<') break;
        if (quote != 0) {
            if (c == quote) quote = 0, ++count;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            break;
        }
    }
    next = i;
    return count;
}

}  // namespace

base::Position PositionCursor::at(std::size_t offset) noexcept {
    offset = std::min(offset, bytes_.size());
    while (offset_ < offset) {
        const auto newline = bytes_.substr(offset_, offset - offset_).find('\n');
        if (newline == std::string_view::npos) {
            offset_ = offset;
        } else {
            offset_ += newline + 1;
            lineStart_ = offset_;
            ++line_;
        }
    }
    return {line_, static_cast<std::uint32_t>(offset_ - lineStart_ + 1)};
}

std::optional<Problem> scanXml(std::string_view bytes) {
    if (looksLikeOtherEncoding(bytes)) return problemAt(ErrorCode::SYNTAX_ENCODING, bytes, 0);
    const auto zero = bytes.find('\0');
    if (zero != std::string_view::npos) return problemAt(ErrorCode::SYNTAX_XML, bytes, zero);
    for (auto at = bytes.find('<'); at != std::string_view::npos;) {
        std::size_t next = 0;
        if (quotedValues(bytes.substr(at), next) > base::kXmlAttributesPerElement)
            return problemAt(ErrorCode::SYNTAX_TOO_MANY_NODES, bytes, at);
        at = bytes.find('<', at + next);
    }
    return std::nullopt;
}

}  // namespace gateway::document
