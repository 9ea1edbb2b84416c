#pragma once
// What the public may read of a case: compelling decisions that are published, and nothing else of
// it. Law: NĐ 71/2016 Đ.30.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/cases/case_file.h"

namespace gateway::exchange {

/// One decision at one portal: the fields of Đ.30.2 in the words of whoever published it, and by
/// when and where. A plain value.
struct PublishedItem {
    std::string id;         ///< 32 hex digits, the same through corrections; tells nothing
    std::string portal;     ///< thads-page, department-portal, government-portal
    std::string publisher;  ///< agency code; to select by, not shown
    base::Date publishedOn{};
    std::string obligatedName, obligatedAddress;  ///< a
    std::string orderNumber;                      ///< b
    base::Date orderIssuedOn{};
    std::string orderCourt;
    std::string obligationText;  ///< c
    friend bool operator==(const PublishedItem&, const PublishedItem&) = default;
};

/// All that a case has ever published.
struct Publications {
    std::vector<PublishedItem> inForce;
    std::vector<std::string> over;      ///< ids that were, and are no more
    std::vector<std::string> withheld;  ///< ids whose words would tell what nobody may know
};

/// A publication is in force while it is neither removed nor withdrawn and, by the stage that the
/// law gave one of its obligations, the decision may be enforced: not completed, ended, replaced
/// or annulled. Names of others (redaction.h) are taken out of its words. Pure.
[[nodiscard]] Publications publicationsOf(const model::CaseFile& file);
/// Those in force at one portal.
[[nodiscard]] std::vector<PublishedItem> publishedIn(const model::CaseFile& file,
                                                     std::string_view portal);
/// Where anything of the case was ever published, ordered, each portal once.
[[nodiscard]] std::vector<std::string> portalsOf(const model::CaseFile& file);

}  // namespace gateway::exchange
