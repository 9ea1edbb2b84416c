#include "gateway/mapping/engine/code_elements.h"

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/mapping/engine/attributes.h"

namespace gateway::mapping {

void addCodes(const document::Node& list, const std::string& file, CodeTable& table) {
    for (const auto& code : list.children) {
        if (code.name != "code") continue;
        const std::string& theirs = code.attribute("theirs")->value;
        if (theirs.empty())
            throw base::Fault(placeOf(file, code) +
                              "an empty text is no code; say by empty or write-absent what it is");
        const std::string only = attributeOr(code, "only", "");
        const auto use = only == "in"    ? CodeTable::Use::In
                         : only == "out" ? CodeTable::Use::Out
                                         : CodeTable::Use::Both;
        CodeTable::Days days;
        if (const auto* from = code.attribute("valid-from"))
            days.from = base::parseDate(from->value).value_or(days.until);
        if (const auto* until = code.attribute("valid-until"))
            days.until = base::parseDate(until->value).value_or(days.from);
        if (days.until <= days.from)
            throw base::Fault(placeOf(file, code) +
                              "valid-until is the first day not: later than valid-from");
        if (!table.add(theirs, code.attribute("ours")->value, use, days))
            throw base::Fault(placeOf(file, code) + "\"" + theirs + "\" (theirs) or \"" +
                              code.attribute("ours")->value +
                              "\" (ours) is not unique, another code has it, too; say "
                              "only=\"in\" for what is never written, only=\"out\" for what is "
                              "never read");
    }
}

}  // namespace gateway::mapping
