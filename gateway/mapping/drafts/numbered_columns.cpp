#include "gateway/mapping/drafts/numbered_columns.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace gateway::mapping::drafts {
namespace {

struct Numbered {
    std::string stem, behind;
    std::size_t number = 0;
};

// A number of a list stands behind letters; those of dates and laws are longer.
bool isNumbered(const SamplePlace& place, Numbered& found) {
    static const RE2 kForm("(.*[^0-9])([1-9][0-9]?)([^0-9].*)?");
    return !place.attribute && !place.repeats &&
           RE2::FullMatch(place.name, kForm, &found.stem, &found.number, &found.behind);
}

}  // namespace

std::vector<NumberedColumns> numberedColumns(const std::vector<SamplePlace>& places) {
    std::vector<NumberedColumns> lists;
    std::vector<std::set<std::size_t>> numbers;
    const auto of = [&lists](const std::string& stem) {
        return std::ranges::find(lists, stem, &NumberedColumns::stem);
    };
    for (const SamplePlace& place : places) {
        Numbered column;
        if (!isNumbered(place, column) || !column.behind.empty()) continue;
        if (of(column.stem) == lists.end()) {
            lists.push_back({column.stem, 0, {}, {}});
            numbers.emplace_back();
        }
        const auto list = of(column.stem);
        list->upTo = std::max(list->upTo, column.number);
        numbers[static_cast<std::size_t>(list - lists.begin())].insert(column.number);
    }
    for (std::size_t i = lists.size(); i-- > 0;)
        if (numbers[i].size() < 2 || !numbers[i].contains(1))
            lists.erase(lists.begin() + static_cast<std::ptrdiff_t>(i));
    for (const SamplePlace& place : places) {
        Numbered column;
        if (!isNumbered(place, column)) continue;
        const auto list = of(column.stem);
        if (list == lists.end()) continue;
        list->columns.push_back(&place);
        const auto& beside = list->beside;
        if (!column.behind.empty() && std::ranges::find(beside, column.behind) == beside.end())
            list->beside.push_back(column.behind);
    }
    return lists;
}

}  // namespace gateway::mapping::drafts
