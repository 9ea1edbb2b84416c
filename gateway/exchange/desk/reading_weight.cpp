#include "gateway/exchange/desk/reading_weight.h"

#include <algorithm>
#include <string>

#include "gateway/base/encoding.h"
#include "gateway/document/packed/unpack.h"

namespace gateway::exchange {
namespace {

// In blocks, which the compiler counts many signs at a time: every body passes through here.
std::size_t count(std::string_view text, char sign) {
    constexpr std::size_t kBlock = 64;
    std::size_t found = 0;
    for (; text.size() >= kBlock; text.remove_prefix(kBlock)) {
        unsigned char here = 0;
        for (std::size_t i = 0; i < kBlock; ++i)
            here = static_cast<unsigned char>(here + (text[i] == sign ? 1 : 0));
        found += here;
    }
    return found + static_cast<std::size_t>(std::count(text.begin(), text.end(), sign));
}

// No element, comment or instruction without '<', no attribute without '='; and no value without
// one of the others before it, save the root.
std::size_t nodesOf(std::string_view document) {
    const auto first = document.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos) return 0;
    if (document[first] == '<') return count(document, '<') + count(document, '=');
    if (document[first] == '{' || document[first] == '[')
        return 1 + count(document, ',') + count(document, '{') + count(document, '[');
    return 0;
}

std::size_t nodesOfMessage(std::string_view body) {
    const auto first = body.find('.');
    const auto second = first == std::string_view::npos ? first : body.find('.', first + 1);
    if (!body.starts_with("eyJ") || second == std::string_view::npos) return nodesOf(body);
    const auto payload = base::fromBase64Url(body.substr(first + 1, second - first - 1));
    return payload ? nodesOf(*payload) : 0;
}

// The least that an element with its end takes: <c/>.
constexpr std::size_t kShortestElement = 4;
// A part as it was unpacked, and its texts in the parser's hands and in ours.
constexpr std::size_t kCopiesOfPart = 2;

}  // namespace

std::size_t tableWeight(std::string_view bytes, document::TableForm form,
                        const document::TableBounds& bounds) {
    if (form == document::TableForm::Csv) {
        const auto cells = count(bytes, ',') + count(bytes, ';') + count(bytes, '\t') +
                           count(bytes, '|') + count(bytes, '\n') + 1;
        // No parser's tree stands beside ours.
        return kReadNode / 2 * std::min(cells, bounds.rows * bounds.columns);
    }
    document::PackBounds pack;
    pack.bytes = bounds.unpackedBytes;
    const auto files = document::PackedFiles::open(bytes, pack);
    if (!files) return 0;
    const auto unpacked = files->unpackedBytes();
    return kCopiesOfPart * unpacked +
           kReadNode * std::min(unpacked / kShortestElement, bounds.nodes);
}

std::size_t readingWeight(std::string_view body, std::size_t mostNodes) {
    return kCopiesOfBody * body.size() + kReadNode * std::min(nodesOfMessage(body), mostNodes);
}

}  // namespace gateway::exchange
