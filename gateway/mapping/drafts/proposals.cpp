#include "gateway/mapping/drafts/proposals.h"

#include <algorithm>

#include "gateway/mapping/drafts/draft_texts.h"
#include "gateway/mapping/drafts/value_guess.h"

namespace gateway::mapping::drafts {
namespace {

std::string notYet(const std::string& theirs) {
    return "<ignore theirs=\"" + theirs + "\" why=\"" + kNotYet + "\"/>";
}

// Within the list of ours, seen from its item.
std::string below(const std::string& ours, const std::string& list) {
    return list.empty() ? ours : ours.substr(list.size() + 1);
}

}  // namespace

Standing Standing::below(const SamplePlace& place) const {
    Standing inner = *this;
    inner.around.push_back(wordKey(place.name));
    return inner;
}

bool Proposals::isGroup(const SamplePlace& place, const Standing& here) const {
    return place.container && !place.repeats && !place.text && !listOf(place, here);
}

// The list of ours that its name, or the names in it, speak for.
std::optional<KnownNames::Meaning> Proposals::listOf(const SamplePlace& place,
                                                     const Standing& here) const {
    if (place.single || (theirs_.json() && !place.repeats)) return std::nullopt;
    const KnownNames::Question question{place.name, true, roots_, here.list, here.around};
    auto named = names_.meaningOf(question);
    if (named && !named->near) return named;
    std::vector<std::string> members;
    for (const SamplePlace& child : place.children) members.push_back(child.name);
    auto holding = names_.listHolding(members, question);
    if (place.repeats) return holding ? holding : named;
    return named && holding && named->ours == holding->ours ? named : std::nullopt;
}

std::vector<std::string> Proposals::of(const SamplePlace& place, const Standing& here) const {
    if (place.repeats || (place.container && !place.text)) return list(place, here);
    if (place.container) return textWithAttributes(place, here);
    const auto one = field(place, here, theirs_.of(place));
    return one.empty() ? std::vector<std::string>() : std::vector<std::string>{one};
}

std::string Proposals::field(const SamplePlace& place, const Standing& here,
                             const std::string& theirs) const {
    const auto meaning =
        names_.meaningOf({place.name, false, roots_, here.list, here.around, guessOf(place).looks});
    // Whom it is for stands in the head of the draft: the place and the head go together.
    if (!meaning || meaning->ours == "envelope/type" || meaning->ours == "envelope/to") return {};
    // What tells one message from another nobody guesses: it is a decision in the head.
    if (meaning->ours == "envelope/id") return {};
    if (meaning->near && meaning->ours.starts_with("envelope/")) return {};
    const std::string as = typeFor(place, *meaning);
    const bool token = as == "as=\"token\"";
    return harmless("<field theirs=\"" + theirs + "\" ours=\"" +
                    drafts::below(meaning->ours, here.list) + "\"" + (as.empty() ? "" : " " + as) +
                    (place.required ? " required=\"yes\""
                     : token        ? " empty=\"is-absent\""
                                    : "") +
                    "/>");
}

// What looks like a number or a flag may be a text to us.
std::string Proposals::typeFor(const SamplePlace& place, const KnownNames::Meaning& meaning) const {
    const bool number = theirs_.json() && place.kind == document::Kind::Number;
    const bool flag = theirs_.json() && place.kind == document::Kind::Boolean;
    const std::string json = number ? " json=\"number\"" : flag ? " json=\"boolean\"" : "";
    if (!meaning.as.empty()) return "as=\"" + meaning.as + "\"" + json;
    const Guess guess = guessOf(place);
    const bool plain = guess.looks == Looks::Number || guess.looks == Looks::Boolean;
    if (plain && names_.isText(meaning.ours)) return "as=\"token\"" + json;
    return guess.attributes;
}

// Nothing, if nothing in it is known.
std::vector<std::string> Proposals::textWithAttributes(const SamplePlace& place,
                                                       const Standing& here) const {
    const bool known =
        !field(place, here, ".").empty() ||
        std::any_of(place.children.begin(), place.children.end(), [&](const SamplePlace& child) {
            return !of(child, here.below(place)).empty();
        });
    if (!known) return {};
    std::vector<std::string> rules{harmless("<group theirs=\"" + theirs_.of(place) + "\">")};
    addInner(place, here.below(place), rules);
    rules.emplace_back("</group>");
    return rules;
}

std::vector<std::string> Proposals::list(const SamplePlace& place, const Standing& here) const {
    const auto meaning = listOf(place, here);
    if (!meaning) return {};
    std::vector<std::string> rules{harmless("<each theirs=\"" + theirs_.of(place) + "\" ours=\"" +
                                            drafts::below(meaning->ours, here.list) + "\">")};
    Standing inner = here.below(place);
    inner.list = meaning->ours;
    if (!place.container)
        rules.push_back("  " + harmless("<field theirs=\".\" ours=\".\"" + std::string(" ") +
                                        guessOf(place).attributes + "/>"));
    addInner(place, inner, rules);
    rules.emplace_back("</each>");
    return rules;
}

// A text beside attributes comes first; what it may be is not always known, and it cannot be
// ignored without them.
void Proposals::addInner(const SamplePlace& place, const Standing& here,
                         std::vector<std::string>& rules) const {
    if (place.container && place.text) {
        const auto own = field(place, here, ".");
        if (!own.empty()) rules.push_back("  " + own);
    }
    for (const SamplePlace& child : place.children) {
        auto inner = of(child, here);
        if (inner.empty() && isGroup(child, here)) {
            inner.push_back(harmless("<group theirs=\"" + theirs_.of(child) + "\">"));
            addInner(child, here.below(child), inner);
            inner.emplace_back("</group>");
        }
        if (inner.empty()) inner = {harmless(notYet(theirs_.of(child)))};
        for (auto& rule : inner) rules.push_back("  " + std::move(rule));
    }
}

}  // namespace gateway::mapping::drafts
