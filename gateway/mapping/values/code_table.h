#pragma once
// The code lists that one mapping can use: those written in it and those in files of their own.

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/values/code_port.h"

namespace gateway::mapping {

/// One list: their code -> ours and back. A code may mean something for a while only.
class CodeTable {
  public:
    enum class Use { Both, In, Out };
    /// First day, in Viet Nam, on which a code means this, and first day on which it does not.
    struct Days {
        base::Date from = std::chrono::year(1) / 1 / 1;
        base::Date until = std::chrono::year(9999) / 12 / 31;
        [[nodiscard]] bool cover(base::Date day) const { return from <= day && day < until; }
    };
    /// What becomes of a code that is not in it: refuse, keep (as it is), omit, use:OURS. Throws
    /// base::Fault for another word.
    void setUnknown(const std::string& unknown);
    [[nodiscard]] bool leavesOutUnknown() const noexcept { return unknown_ == Unknown::Omit; }
    [[nodiscard]] bool isClosed() const noexcept {
        return unknown_ == Unknown::Refuse || unknown_ == Unknown::Use;
    }
    /// Whether several of theirs are one of ours.
    [[nodiscard]] bool isManyToOne() const;
    /// False if the code is in the list already, in that direction, on one of these days.
    [[nodiscard]] bool add(const std::string& theirs, const std::string& ours, Use use, Days days);
    [[nodiscard]] bool add(const std::string& theirs, const std::string& ours, Use use) {
        return add(theirs, ours, use, Days());
    }
    [[nodiscard]] std::optional<std::string> toOurs(std::string_view theirs, AsOf day = {}) const;
    [[nodiscard]] std::optional<std::string> toTheirs(std::string_view ours, AsOf day = {}) const;
    /// Whether the day of the message makes a difference.
    [[nodiscard]] bool asksDay() const noexcept { return asksDay_; }
    /// The codes that are read on the day, in order.
    [[nodiscard]] std::vector<std::string> theirs(AsOf day = {}) const;
    /// What reading them gives, on any day.
    [[nodiscard]] std::vector<std::string> ours() const;

  private:
    enum class Unknown { Refuse, Keep, Omit, Use };
    struct Meaning {
        std::string other;
        Days days;
    };
    using Meanings = std::multimap<std::string, Meaning, std::less<>>;
    static bool put(Meanings& meanings, const std::string& key, Meaning meaning);
    [[nodiscard]] static const Meaning* find(const Meanings& meanings, std::string_view key,
                                             AsOf day);

    Unknown unknown_ = Unknown::Refuse;
    std::string use_;
    bool asksDay_ = false;
    Meanings toOurs_, toTheirs_;
};

/// MAPPING_CODE that names the list and the first ten of its codes, without place and value.
[[nodiscard]] base::Problem unknownCode(std::string_view list,
                                        const std::vector<std::string>& codes);

/// By name. Tables are shared with the types made from them.
struct CodeTables {
    std::map<std::string, std::shared_ptr<CodeTable>, std::less<>> local;
    std::shared_ptr<const CodeLists> outside;  ///< may be null
};

}  // namespace gateway::mapping
