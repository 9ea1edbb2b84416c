#pragma once
// One act against one case on one day: may it be sent, by whom, what does it leave, who is told.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/law/acts/act_content.h"
#include "gateway/law/book/law_book.h"
#include "gateway/law/conditions/scene.h"

namespace gateway::law {

/// A role that is told, and why.
struct ToldRole {
    Role role{};
    Level level{};
    std::string basis;
    What what{};
    bool copy = false;
};

/// An act as it was said, before it is judged.
struct SaidAct {
    std::string type;
    std::string id;  ///< model::sourceOf(), or any text that is unique in the case
    Role sender{};
    /// What the sender is, by obligation; empty: `sender` alone, whatever is spoken of.
    std::map<std::int64_t, std::set<Role>> roles;
    std::int64_t brought = 0;  ///< part of a matter that it brings in
    bool shapeJudged = false;  ///< its content has been held against its declaration
    base::Date day{};          ///< on which it is recorded
    base::Timestamp recordedAt{};
    document::Node content;
    std::optional<model::Ruling> ruling;  ///< as read from the content, where it brings one
    /// Of an act that somebody else has recorded for its author: who, when it came in and how.
    std::optional<Role> recordedBy;
    std::optional<base::Date> receivedOn;
    std::string form;
    std::vector<ToldRole> alsoTold;  ///< besides those whom the act itself is told to
};

/// What is to be said of it. Without reasons it is taken.
struct Judgement {
    std::vector<Reason> reasons;
    Role sender{};            ///< as what it was sent
    std::string basis;        ///< and by which article
    std::vector<Mark> marks;  ///< conditions as in the declaration, of no use any more
    std::vector<Fact> facts;
    std::vector<ToldRole> told;
};

/// `spoken`: the scenes of the obligations that the act speaks of, one for each item that does,
/// none of them unknown; with the act's content in them. `roles`: what the sender is in such a
/// scene. An act that names none speaks of those for which it is legal; refused if there is none.
using RolesIn = std::function<std::set<Role>(const Scene&)>;
[[nodiscard]] Judgement judge(const ActRule& rule, const SaidAct& act,
                              const std::vector<Scene>& spoken, bool named, const RolesIn& roles);

/// The facts alone, for an act that was taken before and has been corrected since.
[[nodiscard]] std::vector<Fact> factsOf(const ActRule& rule, const SaidAct& act,
                                        const std::vector<Scene>& spoken);

/// Whether one of these roles could send it now: no refusal that stands whatever the act says, and
/// none but what the act would have to say against its sender. The scene has no act.
[[nodiscard]] bool isLegalNow(const ActRule& rule, const Scene& scene, const std::set<Role>& roles);

}  // namespace gateway::law
