#pragma once
// Which spellings of agencies' names mean the same: what people write in the place of the official
// name. Data: mappings/agencies/spellings.xml.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::model {

/// Words that stand for others: "UBND" for "Ủy ban nhân dân", "Đăk" for "Đắk".
struct Spelling {
    std::string of;
    std::vector<std::string> as;
    std::string origin;  ///< file and line, for messages
};

/// Immutable, thread-safe. Keys are for look-ups only, never stored or sent.
class NameSpellings {
  public:
    NameSpellings() = default;
    /// `units`: the words before a province's name ("tỉnh", "thành phố"). Throws base::Fault naming
    /// `origin`: words that would stand for two things, or for themselves.
    NameSpellings(const std::vector<Spelling>& spellings, const std::vector<std::string>& units);

    /// Words of one spelling with single blanks between them: capitals, places of tones, dashes,
    /// dots, full width and look-alike letters say nothing (document::nameKey, plainSigns); of the
    /// words that stand for others the longest are taken first. Letters and tones are never
    /// dropped.
    [[nodiscard]] std::string key(std::string_view text) const;
    /// The keys under which a name is found: as written, and with and without the unit before one
    /// of these provinces at its end ("tỉnh An Giang", "An Giang").
    [[nodiscard]] std::vector<std::string> keysOf(std::string_view name,
                                                  const std::vector<std::string>& provinces) const;
    /// The name of a province without its unit, as a key.
    [[nodiscard]] std::string shortKey(std::string_view province) const;

  private:
    std::map<std::string, std::string, std::less<>> meanings_;
    std::vector<std::string> units_;
    std::size_t longest_ = 1;  ///< words in one spelling
};

}  // namespace gateway::model
