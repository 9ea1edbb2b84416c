#pragma once
// Which codes of facts the conditions ask for. One that no act leaves is a slip of the pen: what
// asks for it never holds, and a term that waits for it is never answered.

#include <string>
#include <vector>

#include "gateway/law/book/law_book.h"
#include "gateway/law/conditions/data_file.h"

namespace gateway::law {

class FactCodes {
  public:
    /// What the conditions and days of that file ask for.
    void read(const DataFile& file, const Subject& subject);
    /// Throws base::Fault with every place where a code is asked for that no act leaves.
    void check(const LawBook& book) const;

  private:
    struct Asked {
        Subject subject;
        FactKind kind{};
        std::string code, place;
    };
    void walk(const DataFile& file, const document::Node& node, const Subject& subject);
    void ask(const std::string& text, const Subject& subject, const std::string& place);

    std::vector<Asked> asked_;
};

}  // namespace gateway::law
