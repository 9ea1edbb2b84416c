#pragma once
// The parts of a case's file on paper, as data: mappings/legal-rules/case-file.xml.
// Law: NĐ 71/2016/NĐ-CP Đ.14.7.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/law/book/law_book.h"

namespace gateway::law::registers {

/// Immutable. load() throws base::Fault with file and line for an act that there is not, or that
/// stands in two parts.
struct CaseFileForm {
    struct Part {
        std::string id, vi;
        std::vector<std::string> acts;
    };
    std::string vi, basis;
    std::vector<Part> parts;  ///< at least one; the last takes what no other names

    [[nodiscard]] static CaseFileForm load(const std::filesystem::path& mappings,
                                           const LawBook& law);
    /// Where an act of that type stands, whether or not it is declared.
    [[nodiscard]] std::size_t partOf(std::string_view act) const;
};

}  // namespace gateway::law::registers
