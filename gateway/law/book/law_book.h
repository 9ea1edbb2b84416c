#pragma once
// The whole law as the gateway knows it: acts, terms, stages, tracks, calendar. Data, read once and
// judged when it is read.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/law/book/term_rule.h"
#include "gateway/law/conditions/calendar.h"
#include "gateway/law/conditions/scene.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::law {

/// Immutable. load() reads acts, legal-rules and schemas below `mappings`; it throws base::Fault
/// with file and line for whatever cannot be: an unknown word, a fact slot of a field that is no
/// day, two rules on one day, a term that nothing answers, a stage or an act that nothing reaches.
class LawBook {
  public:
    [[nodiscard]] static LawBook load(const std::filesystem::path& mappings);

    using Acts = std::map<std::string, ActDeclaration, std::less<>>;

    /// Whatever it is about.
    [[nodiscard]] const ActDeclaration* act(std::string_view type) const;
    [[nodiscard]] std::vector<const ActDeclaration*> everyAct() const;  ///< in order of type
    /// Those of a case.
    [[nodiscard]] const Acts& acts() const noexcept { return acts_; }
    [[nodiscard]] const std::vector<TermRule>& terms() const { return process().terms; }
    [[nodiscard]] const std::vector<StageLine>& stages() const { return process().stages; }
    [[nodiscard]] const std::vector<Track>& tracks() const { return process().tracks; }
    /// Empty for a subject that has no files of its own.
    [[nodiscard]] const Process& process(std::string_view subject = kCase) const;
    /// What has files of its own, cases first.
    [[nodiscard]] std::vector<Subject> subjects() const;
    /// Over name and bytes of every file of acts and legal-rules.
    [[nodiscard]] const document::Digest& digest() const noexcept { return digest_; }
    [[nodiscard]] const Calendar& calendar() const noexcept { return calendar_; }
    /// Groups of obligated parties, of the kind of party as the court says it.
    [[nodiscard]] const std::set<std::string, std::less<>>& groupsOf(
        std::string_view partyKind) const;

    /// One obligation as conditions see it, its stage still unknown. Borrows all but the day.
    [[nodiscard]] Scene sceneOf(const model::Ruling& ruling, const model::Obligation& obligation,
                                const FactsInForce& facts, const TermStates& terms,
                                base::Date today) const;

  private:
    LawBook(Calendar calendar) : calendar_(std::move(calendar)) {}
    friend class RuleLoader;

    Calendar calendar_;
    document::Digest digest_{};
    Acts acts_, others_;
    std::map<Subject, Process, std::less<>> processes_;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> groups_;  ///< by kind
};

}  // namespace gateway::law
