#pragma once
// What an obligated agency reports back: progress and completion, obligation by obligation.
// Law: NĐ 71/2016 Đ.10.2, 12.3, 17-19.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/messages/ruling.h"
#include "gateway/model/names.h"

namespace gateway::model {

/// Which case a message speaks of: our id, or what the court called the ruling.
struct CaseReference {
    std::string caseId;
    std::optional<RulingReference> ruling;
};

enum class Progress { NotStarted, Partly, Done };
template <>
struct Names<Progress> {
    static constexpr std::pair<Progress, std::string_view> table[] = {
        {Progress::NotStarted, "not-started"},
        {Progress::Partly, "partly"},
        {Progress::Done, "done"}};
};

struct ProgressItem {
    std::int64_t obligation = 0;
    Progress progress{};
    std::string text;
    std::string reason;
};

/// Minutes signed by the enforcement officer (NĐ 71/2016 Đ.17.1, 18.1, 19.1).
struct Minutes {
    std::string number;
    base::Date madeOn{};
    std::string officer;
};

struct CompletionItem {
    std::int64_t obligation = 0;
    base::Date completedOn{};
    std::string text;
    std::optional<Minutes> minutes;
};

template <class V>
void describe(V& v, CaseReference& c) {
    v.optional("caseId", c.caseId);
    v.optional("ruling", c.ruling);
}

template <class V>
void describe(V& v, ProgressItem& i) {
    v.required("obligation", i.obligation);
    v.required("progress", i.progress);
    v.required("text", i.text);
    v.optional("reason", i.reason);
}

template <class V>
void describe(V& v, Minutes& m) {
    v.required("number", m.number);
    v.required("madeOn", m.madeOn);
    v.required("officer", m.officer);
}

template <class V>
void describe(V& v, CompletionItem& i) {
    v.required("obligation", i.obligation);
    v.required("completedOn", i.completedOn);
    v.required("text", i.text);
    v.optional("minutes", i.minutes);
}

}  // namespace gateway::model
