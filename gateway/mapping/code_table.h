#pragma once
// The code lists that one mapping can use: those written in it and those in files of their own.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/mapping/plan.h"

namespace gateway::mapping {

/// One list: their code -> ours and back.
class CodeTable {
  public:
    enum class Use { Both, In, Out };
    /// False if the code is in the list already, in that direction.
    [[nodiscard]] bool add(const std::string& theirs, const std::string& ours, Use use);
    [[nodiscard]] std::optional<std::string> toOurs(std::string_view theirs) const;
    [[nodiscard]] std::optional<std::string> toTheirs(std::string_view ours) const;

  private:
    std::map<std::string, std::string, std::less<>> toOurs_;
    std::map<std::string, std::string, std::less<>> toTheirs_;
};

/// By name. Tables are shared with the types made from them.
struct CodeTables {
    std::map<std::string, std::shared_ptr<CodeTable>, std::less<>> local;
    std::shared_ptr<const CodeLists> outside;  ///< may be null
};

}  // namespace gateway::mapping
