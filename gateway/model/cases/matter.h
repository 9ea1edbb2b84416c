#pragma once
// What has a file of its own though it is no ruling: the figures of an office in a period, a
// petition, an inspection. Which acts are of it: `subject` in mappings/acts.

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/names.h"

namespace gateway::model {

/// A part that has a state of its own, such as the sheet that one court signs. Part 0 is the whole:
/// what happened to it has happened to every part.
struct MatterPart {
    std::int64_t no = 0;
    std::string kind;                   ///< of the sheet its form: a group of the process
    std::string vi;                     ///< what it is called
    std::vector<std::string> agencies;  ///< who has to do with it, beside the matter's own
    std::string state;                  ///< a stage of its process
};

/// A plain value. `key` is unique for its subject.
struct Matter {
    std::string subject;  ///< law::Subject
    std::string key, vi;
    base::Date day{};                   ///< from which its terms count: of a period the last
    std::string province;               ///< territory id
    std::vector<std::string> agencies;  ///< who leads it
    std::string caseId;                 ///< of the case that it is about; empty: of none
    std::vector<MatterPart> parts;
};

template <class V>
void describe(V& v, MatterPart& p) {
    v.required("no", p.no);
    v.required("kind", p.kind);
    v.required("vi", p.vi);
    v.optional("agencies", p.agencies);
    v.optional("state", p.state);
}

template <class V>
void describe(V& v, Matter& m) {
    v.required("subject", m.subject);
    v.required("key", m.key);
    v.required("vi", m.vi);
    v.required("day", m.day);
    v.optional("province", m.province);
    v.optional("agencies", m.agencies);
    v.optional("caseId", m.caseId);
    v.required("parts", m.parts);
}

}  // namespace gateway::model
