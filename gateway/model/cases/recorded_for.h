#pragma once
// Whose act it is that another office has recorded (mappings/acts/RecordedOnBehalf.xml).

#include <string>

#include "gateway/base/clock.h"

namespace gateway::model {

struct RecordedFor {
    std::string author;       ///< an agency's code, or what the record calls a person
    base::Date receivedOn{};  ///< by the office that has recorded it
    std::string form;         ///< of receipt, as in the act's declaration: post, direct, oral ...
    std::string clerk;        ///< who wrote it down
};

template <class V>
void describe(V& v, RecordedFor& r) {
    v.required("author", r.author);
    v.required("receivedOn", r.receivedOn);
    v.required("form", r.form);
    v.optional("clerk", r.clerk);
}

}  // namespace gateway::model
