#pragma once
// What the log says of a document that was received: what its sender calls it, who has it, and what
// it does to earlier ones.

#include <string>
#include <vector>

namespace gateway::model {

/// How an earlier document stands from now on.
struct DocumentStanding {
    std::string agency, name;
    std::vector<std::string> told;
    bool ends = false;
};

struct DocumentRecord {
    std::string name, sha256;  ///< sha256: of what it says
    std::vector<std::string> told;
    std::vector<DocumentStanding> earlier;
};

template <class V>
void describe(V& v, DocumentStanding& s) {
    v.required("agency", s.agency);
    v.required("name", s.name);
    v.optional("told", s.told);
    v.optional("ends", s.ends);
}

template <class V>
void describe(V& v, DocumentRecord& d) {
    v.required("name", d.name);
    v.required("sha256", d.sha256);
    v.optional("told", d.told);
    v.optional("earlier", d.earlier);
}

}  // namespace gateway::model
