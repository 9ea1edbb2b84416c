#pragma once
// A search of the log as SQL text and the values it asks for.

#include <string>
#include <variant>
#include <vector>

#include "gateway/store/log_search.h"

namespace gateway::store::sqlite {

/// "WHERE ... ORDER BY ... DESC LIMIT ?" with one placeholder for each value, in order. The text
/// depends on which members the search has, never on what they say, and leads by the narrowest of
/// them: SQLite keeps no figures on our tables and would guess.
struct SearchConditions {
    std::string text;
    std::vector<std::variant<std::string, std::int64_t>> values;
};

/// The positions of the messages with an id, whoever sent them: "SELECT n.position ... = ", behind
/// which its parameter comes. A step in the index for each agency that has ever sent anything,
/// however many messages there are.
inline constexpr const char* kPositionsOfId =
    "SELECT n.position FROM message n WHERE n.agency IN ("
    "WITH RECURSIVE has_sent (agency) AS (SELECT min(agency) FROM message UNION ALL "
    "SELECT (SELECT min(o.agency) FROM message o WHERE o.agency > has_sent.agency) FROM has_sent "
    "WHERE has_sent.agency IS NOT NULL) SELECT agency FROM has_sent WHERE agency IS NOT NULL) "
    "AND n.message_id = ";

/// Over `message m`, `refusal r`, `read_audit a`.
[[nodiscard]] SearchConditions conditionsOf(const MessageSearch& search, std::int64_t before,
                                            std::size_t limit);
[[nodiscard]] SearchConditions conditionsOf(const RefusalSearch& search, std::int64_t before,
                                            std::size_t limit);
[[nodiscard]] SearchConditions conditionsOf(const ReadSearch& search, std::int64_t before,
                                            std::size_t limit);

}  // namespace gateway::store::sqlite
