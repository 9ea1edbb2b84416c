#pragma once
// An act that somebody has said on paper, by post or orally, as it stands in the act by which an
// office records it (mappings/acts/RecordedOnBehalf.xml).

#include <optional>
#include <string>
#include <vector>

#include "gateway/law/acts/act_content.h"
#include "gateway/law/book/law_book.h"
#include "gateway/law/life/judgement.h"

namespace gateway::law {

struct Unwrapped {
    std::string type;
    document::Node content;  ///< as its author would have sent it
    std::string author, form;
    std::optional<base::Date> receivedOn;
    /// Why it is not taken, paths in the wrapper: an act that nobody records for another, or its
    /// content against its declaration.
    std::vector<Reason> reasons;
};

/// Who is told besides those of the act itself: its author, who has that role.
[[nodiscard]] std::vector<ToldRole> toldBeside(const ActRule& recording, Role author);

[[nodiscard]] Unwrapped unwrap(const LawBook& book, const document::Node& wrapper,
                               base::Date today);

}  // namespace gateway::law
