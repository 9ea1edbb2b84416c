#include "gateway/law/figures/figure_book.h"

#include "gateway/base/fault.h"

namespace gateway::law::figures {
namespace {

template <class T>
const T& at(const std::map<std::string, T, std::less<>>& all, std::string_view name) {
    const auto found = all.find(name);
    GW_CHECK(found != all.end());
    return found->second;
}

}  // namespace

const Split& FigureBook::split(std::string_view name) const { return at(splits_, name); }
const Definition& FigureBook::definition(std::string_view name) const {
    return at(definitions_, name);
}
const RulingCondition& FigureBook::named(std::string_view name) const { return at(rulings_, name); }
const NamedDay& FigureBook::day(std::string_view name) const { return at(days_, name); }

}  // namespace gateway::law::figures
