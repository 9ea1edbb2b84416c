#include "gateway/exchange/answers/cursor.h"

#include "gateway/base/encoding.h"
#include "gateway/base/time_format.h"

namespace gateway::exchange {

std::string Cursor::encode() const {
    return base::toBase64Url(after + "\n" + binding + "\n" + base::formatTimestamp(givenAt));
}

std::optional<Cursor> Cursor::decode(std::string_view text) {
    const auto plain = base::fromBase64Url(text);
    if (!plain) return std::nullopt;
    const auto first = plain->find('\n');
    const auto second = first == std::string::npos ? first : plain->find('\n', first + 1);
    if (second == std::string::npos) return std::nullopt;
    const auto at = base::parseTimestamp(std::string_view(*plain).substr(second + 1));
    if (!at) return std::nullopt;
    return Cursor{plain->substr(0, first), plain->substr(first + 1, second - first - 1), *at};
}

bool Cursor::continues(std::string_view question, base::Timestamp at) const {
    constexpr std::chrono::hours kLife{1};
    return binding == question && givenAt + kLife >= at;
}

}  // namespace gateway::exchange
