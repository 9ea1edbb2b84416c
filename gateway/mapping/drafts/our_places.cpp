#include "gateway/mapping/drafts/our_places.h"

#include <set>

namespace gateway::mapping::drafts {
namespace {

using document::Kind;
using document::Outline;
using document::Place;

constexpr std::size_t kMostPlaces = 300;

class Lister {
  public:
    explicit Lister(const Outline& outline) : outline_(outline) {}

    void list(const Place& place, const std::string& above) {
        for (const Place& child : outline_.children(place)) visit(child, above);
    }
    void visit(const Place& place, const std::string& above) {
        if (place.anyName || places_.size() >= kMostPlaces) return;
        const bool items = place.kind == Kind::Array;
        std::string path = above.empty() ? "" : above + "/";
        path.append(place.attribute ? "@" : "").append(place.name);
        if (items || place.repeats) path += "[]";
        const Place* const inner = items ? outline_.child(place, {}, false) : &place;
        if (inner == nullptr || outline_.children(*inner).empty()) {
            places_.push_back(path + (place.required ? " *" : ""));
            return;
        }
        if (!open_.insert(inner->type).second) return;
        list(*inner, path);
        open_.erase(inner->type);
    }
    std::vector<std::string> take() { return std::move(places_); }

  private:
    const Outline& outline_;
    std::set<std::uint32_t> open_;
    std::vector<std::string> places_;
};

}  // namespace

std::vector<std::string> ourPlaces(const Outline& ours) {
    Lister lister(ours);
    if (ours.form() == document::Form::Json)
        lister.list(ours.roots().front(), {});
    else
        for (const Place& root : ours.roots()) lister.visit(root, {});
    return lister.take();
}

}  // namespace gateway::mapping::drafts
