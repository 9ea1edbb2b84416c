#pragma once
// One form of a pattern: {number}/{notation}.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace gateway::mapping {

/// One piece as the mapping declares it.
struct PatternPiece {
    std::string name;
    std::string match;    ///< RE2 without groups; empty: the shortest text
    std::string written;  ///< what is written of a piece that has no place
    bool optional = false;
};

/// Immutable and thread-safe. Pieces are numbered in the order of their declaration.
class PatternForm {
  public:
    using Values = std::vector<std::optional<std::string>>;

    /// Throws base::Fault if it names no declared piece, or one twice.
    [[nodiscard]] static PatternForm of(std::string_view text,
                                        const std::vector<PatternPiece>& declared);

    /// The pieces of a text; those that it leaves out are empty. Nothing if it does not fit.
    [[nodiscard]] std::optional<Values> piecesOf(const std::string& text, std::size_t count) const;
    /// Whether all that it needs is there.
    [[nodiscard]] bool isComplete(const Values& values) const;
    [[nodiscard]] std::string written(const Values& values) const;
    /// With an example for each piece.
    [[nodiscard]] std::string filled(const std::vector<std::string>& examples) const;
    /// Whether two readings agree in the pieces of this form.
    [[nodiscard]] bool sameAs(const Values& left, const Values& right) const;
    [[nodiscard]] bool names(std::size_t piece) const;

  private:
    struct Slot {
        std::size_t piece = 0;
        bool optional = false;
        std::string before;  ///< the text before it; of an optional one without its last blank
        std::string blank;   ///< left out together with the piece
    };
    std::vector<Slot> slots_;
    std::string after_;
    std::shared_ptr<const re2::RE2> expression_;
};

/// Every piece stands in a form.
void checkForms(const std::vector<PatternForm>& forms, const std::vector<PatternPiece>& declared);

}  // namespace gateway::mapping
