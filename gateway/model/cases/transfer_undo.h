#pragma once
// What an operator has said when a transfer was struck, and who was told.

#include <string>
#include <vector>

namespace gateway::model {

struct TransferUndo {
    std::string reason;
    std::vector<std::string> told;  ///< agencies, as the directory and the rights of that day said
};

template <class V>
void describe(V& v, TransferUndo& u) {
    v.required("reason", u.reason);
    v.optional("told", u.told);
}

}  // namespace gateway::model
