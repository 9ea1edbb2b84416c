#pragma once
// How others have called what the case model has: what a place of an unknown format may mean.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/schemas/outline.h"
#include "gateway/document/tree.h"
#include "gateway/mapping/drafts/value_guess.h"
#include "gateway/mapping/plan.h"

namespace gateway::mapping::drafts {

/// Under which names fall together that differ in signs only: SoBanAn, so_ban_an, "số bản án".
[[nodiscard]] std::string wordKey(std::string_view name);
/// The words of a name, in order of the alphabet: an, ban, so.
[[nodiscard]] std::vector<std::string> wordsIn(std::string_view name);

/// Names of theirs with the places of ours for which they stood, from the mappings that are there
/// and from the words of the case model. Immutable once it is made.
class KnownNames {
  public:
    /// `mappings` is the directory that holds case-model/ and code-lists/, `plans` the mappings to
    /// learn from. What cannot be read is left out: a draft needs no more than it finds.
    [[nodiscard]] static KnownNames of(const std::filesystem::path& mappings,
                                       const std::vector<std::shared_ptr<const Plan>>& plans);
    /// Only the names that a schema of ours has itself: a mapping into another model than the case
    /// model has nobody to learn from.
    [[nodiscard]] static KnownNames ofSchema(const document::Outline& ours);
    /// The members or elements at the top of what is known.
    [[nodiscard]] std::vector<std::string> roots() const;

    struct Meaning {
        bool near = false;  ///< of a name that only resembles
        std::string ours;  ///< "judgmentTransfer/ruling/parties[]/name"; of a list with "[]" behind
        std::string as;    ///< the type that it had, where that was a list of codes
        std::vector<std::string> around;  ///< keys of what it stood in
    };
    /// A place of theirs, and where the answer may lie.
    struct Question {
        std::string_view name;
        bool list = false;  ///< a list of ours is wanted, else a value or an object
        const std::vector<std::string>& roots;  ///< below these: "envelope", "judgmentTransfer"
        std::string inList{};               ///< the list of ours in which it stands; empty: in none
        std::vector<std::string> around{};  ///< keys of what it stands in
        Looks looks = Looks::Unknown;
    };
    /// The best meaning, of that very name or else of one that shares most of its words; of a case
    /// number whatever its name is. What was seen goes before the name: a place of ours for days
    /// takes nothing else.
    [[nodiscard]] std::optional<Meaning> meaningOf(const Question& question) const;
    /// The list of ours that knows most of these names as members of its items: half of them and
    /// at least two.
    [[nodiscard]] std::optional<Meaning> listHolding(const std::vector<std::string>& names,
                                                     const Question& question) const;
    /// Whether a place of ours is a text, as far as is known.
    [[nodiscard]] bool isText(const std::string& ours) const;
    /// The members of messages below which a name has a meaning, for finding out the message.
    [[nodiscard]] std::vector<std::string> membersNaming(std::string_view name) const;
    /// Places of a message, by its member, that have a known name.
    [[nodiscard]] std::size_t countOf(std::string_view member) const;

  private:
    using Words = std::vector<std::string>;
    void add(std::string_view name, Meaning meaning);
    void addRule(const Rule& rule);
    [[nodiscard]] Words keysLike(std::string_view name) const;
    [[nodiscard]] const Meaning* bestOf(const std::string& key, const Question& question) const;
    [[nodiscard]] bool mayHold(const std::string& ours, const Question& question) const;
    [[nodiscard]] bool fits(const std::string& ours, Looks looks) const;
    [[nodiscard]] std::optional<Meaning> caseNumberFor(const Question& question) const;
    void addPlaces(const document::Outline& outline, const document::Place& place,
                   const std::string& path, std::vector<std::string>& around);

    std::multimap<std::string, Meaning, std::less<>> meanings_;
    std::set<std::string, std::less<>> lists_;  ///< of codes, that every mapping may use
    std::map<std::string, document::Kind, std::less<>> kinds_;  ///< of places of ours
    std::map<std::string, Looks, std::less<>> looks_;  ///< of those, where they are said or known
    std::map<std::string, Words, std::less<>> words_;  ///< of a key, in order of the alphabet
};

}  // namespace gateway::mapping::drafts
