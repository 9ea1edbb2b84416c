#include "gateway/model/messages/declared_shapes.h"

#include <algorithm>

namespace gateway::model {
namespace {

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

bool isFreeName(std::string_view name) noexcept {
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && name != "item" &&
           std::ranges::all_of(name, isLetterOrDigit);
}

}  // namespace gateway::model
