#pragma once
// The registers of an enforcement authority, as data: mappings/legal-rules/registers.xml.
// Law: TT 04/2023/TT-BTP Đ.30 (Mẫu 01, Mẫu 19); NĐ 71/2016 Đ.14.1.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gateway/law/figures/figure_book.h"

namespace gateway::law::registers {

/// What an entry is written from, once for each of them that a ruling has.
enum class Thing : std::uint8_t { Line, Ruling, Party, Obligation, File, Fact, Act, Term };

/// "{number}[ ngày {on}]": fields in braces; what stands in brackets is left out with a field of it
/// that is empty. A plain value.
struct Template {
    struct Piece {
        bool field = false;
        std::string text;
        int bracket = 0;  ///< number of the bracket it stands in; 0: in none
    };
    std::vector<Piece> pieces;

    /// Throws std::invalid_argument: a bracket or brace that does not close, or within itself.
    [[nodiscard]] static Template read(const std::string& text);
    /// Empty if a field outside brackets is.
    [[nodiscard]] std::string write(
        const std::map<std::string, std::string, std::less<>>& fields) const;
};

struct Entry {
    Thing of{};
    FactKind fact{};
    std::string code;  ///< of the fact, or role of the party; empty: any
    std::vector<std::string> acts, terms;
    Template says;
};

struct Column {
    std::string id, vi, en, basis;
    figures::Source source{};
    std::vector<Entry> entries;
};

struct Form {
    std::string id, vi, en, basis, title;  ///< title: as the form is called, "Mẫu 01"
    figures::Source source{};
    /// A ruling stands in it if such a fact was ever recorded for a day of the period, struck or
    /// not, or if `when` holds.
    std::optional<FactKind> entered;
    figures::RulingCondition when;
    figures::RulingCondition struck;  ///< the whole line is crossed out
    std::vector<FactKind> order;      ///< by the first of them that is there: day, then number
    std::vector<Column> columns;
};

/// Immutable. load() throws base::Fault with file and line for an unknown fact, act, term, field or
/// word of a condition.
struct RegisterBook {
    std::vector<Form> forms;
    std::map<std::string, std::string, std::less<>> words;  ///< codes in Vietnamese

    [[nodiscard]] static RegisterBook load(const std::filesystem::path& mappings,
                                           const figures::FigureBook& figures);
    /// Null: there is none.
    [[nodiscard]] const Form* form(std::string_view id) const;
};

}  // namespace gateway::law::registers

template <>
struct gateway::model::Names<gateway::law::registers::Thing> {
    using enum gateway::law::registers::Thing;
    static constexpr std::pair<gateway::law::registers::Thing, std::string_view> table[] = {
        {Line, "line"}, {Ruling, "ruling"}, {Party, "party"}, {Obligation, "obligation"},
        {File, "file"}, {Fact, "fact"},     {Act, "act"},     {Term, "term"}};
};
