#pragma once
// The code lists that one mapping can use: those written in it and those in files of their own.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/values/code_port.h"

namespace gateway::mapping {

/// One list: their code -> ours and back.
class CodeTable {
  public:
    enum class Use { Both, In, Out };
    /// False if the code is in the list already, in that direction.
    /// What becomes of a code that is not in it: refuse, keep (as it is), omit, use:OURS. Throws
    /// base::Fault for another word.
    void setUnknown(const std::string& unknown);
    [[nodiscard]] bool leavesOutUnknown() const noexcept { return unknown_ == Unknown::Omit; }
    [[nodiscard]] bool isClosed() const noexcept {
        return unknown_ == Unknown::Refuse || unknown_ == Unknown::Use;
    }
    /// Whether several of theirs are one of ours.
    [[nodiscard]] bool isManyToOne() const noexcept { return toOurs_.size() > toTheirs_.size(); }
    [[nodiscard]] bool add(const std::string& theirs, const std::string& ours, Use use);
    [[nodiscard]] std::optional<std::string> toOurs(std::string_view theirs) const;
    [[nodiscard]] std::optional<std::string> toTheirs(std::string_view ours) const;
    /// The codes that are read, in order.
    [[nodiscard]] std::vector<std::string> theirs() const;
    /// What reading them gives.
    [[nodiscard]] std::vector<std::string> ours() const;

  private:
    enum class Unknown { Refuse, Keep, Omit, Use };
    Unknown unknown_ = Unknown::Refuse;
    std::string use_;
    std::map<std::string, std::string, std::less<>> toOurs_;
    std::map<std::string, std::string, std::less<>> toTheirs_;
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
