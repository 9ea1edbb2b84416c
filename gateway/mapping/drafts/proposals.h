#pragma once
// The rule that a place of a sample may become.

#include <optional>
#include <string>
#include <vector>

#include "gateway/mapping/drafts/known_names.h"
#include "gateway/mapping/drafts/sample.h"
#include "gateway/mapping/drafts/their_names.h"

namespace gateway::mapping::drafts {

/// Where a place stands: in what of theirs, and in which list of ours.
struct Standing {
    std::vector<std::string> around{};
    std::string list{};

    /// The same one step further down.
    [[nodiscard]] Standing below(const SamplePlace& place) const;
};

/// Immutable; what it is made of must outlive it.
class Proposals {
  public:
    /// `roots`: below which members of ours a meaning is looked for.
    Proposals(const TheirNames& theirs, const KnownNames& names, std::vector<std::string> roots) :
        theirs_(theirs), names_(names), roots_(std::move(roots)) {}

    /// Lines of a rule, fit for a comment; empty if nothing is known.
    [[nodiscard]] std::vector<std::string> of(const SamplePlace& place, const Standing& here) const;
    /// Whether it is written as a group, with a rule for each place in it: what stands once in a
    /// sample may be one of many all the same.
    [[nodiscard]] bool isGroup(const SamplePlace& place, const Standing& here) const;

  private:
    /// A rule for the place's own value, named as `theirs` from where the rule stands.
    [[nodiscard]] std::string field(const SamplePlace& place, const Standing& here,
                                    const std::string& theirs) const;
    [[nodiscard]] std::optional<KnownNames::Meaning> listOf(const SamplePlace& place,
                                                            const Standing& here) const;
    [[nodiscard]] std::string typeFor(const SamplePlace& place,
                                      const KnownNames::Meaning& meaning) const;
    [[nodiscard]] std::vector<std::string> textWithAttributes(const SamplePlace& place,
                                                              const Standing& here) const;
    [[nodiscard]] std::vector<std::string> list(const SamplePlace& place,
                                                const Standing& here) const;
    void addInner(const SamplePlace& place, const Standing& here,
                  std::vector<std::string>& rules) const;

    const TheirNames& theirs_;
    const KnownNames& names_;
    std::vector<std::string> roots_;
};

}  // namespace gateway::mapping::drafts
