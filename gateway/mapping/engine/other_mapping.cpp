// How the compiler takes over the rules of another mapping.

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/compiler.h"

namespace gateway::mapping {

using document::Node;

class RuleCompiler::SetAside {
  public:
    explicit SetAside(RuleCompiler& of) :
        of_(of),
        theirs_(of.sides_.theirs),
        ours_(of.sides_.ours),
        lists_(std::exchange(of.codes_.local, {})),
        parts_(std::exchange(of.parts_, {})),
        file_(of.file_),
        number_(std::exchange(of.number_, std::nullopt)) {}
    ~SetAside() {
        of_.sides_.theirs = theirs_;
        of_.sides_.ours = ours_;
        of_.codes_.local = std::move(lists_);
        of_.parts_ = std::move(parts_);
        of_.file_ = std::move(file_);
        of_.number_ = number_;
    }
    SetAside(const SetAside&) = delete;
    SetAside& operator=(const SetAside&) = delete;

  private:
    RuleCompiler& of_;
    PathParser theirs_, ours_;
    decltype(CodeTables::local) lists_;
    decltype(RuleCompiler::parts_) parts_;
    std::string file_;
    std::optional<std::size_t> number_;
};

TakenOver RuleCompiler::rulesOf(const std::string& named, const Place& place) {
    const OtherMapping& other = others_(named, file_);
    if ((active_.in && !other.directions.in) || (active_.out && !other.directions.out))
        throw base::Fault(other.file + (other.directions.in ? " only reads" : " only writes") +
                          "; say direction");
    const bool isInside = place.theirs.empty() || place.theirs.ends_with('!');
    if (other.theirs.form() != theirs().form())
        throw base::Fault(other.file + " is of another form than this document");
    if (sides_.oursIsModel && !place.ours.empty())
        throw base::Fault("a mapping of the case model stands at the root of ours");
    const SetAside aside(*this);
    sides_.theirs = isInside ? other.theirs : other.theirs.embedded();
    sides_.ours = place.ours.empty() ? other.ours : other.ours.embedded();
    for (const auto& [uri, prefix] : other.prefixes)
        if (std::none_of(sides_.prefixes.begin(), sides_.prefixes.end(),
                         [&uri](const auto& known) { return known.first == uri; }))
            sides_.prefixes.emplace_back(uri, prefix);
    for (const auto& [node, file] : other.shared) addShared(*node, file);
    file_ = other.file;
    TakenOver taken;
    for (const Node& element : other.mapping->children)
        if (element.name == "accept") taken.accepts.push_back(accept(element, file_));
    taken.rules = rules(*other.mapping->child("body"), place);
    return taken;
}

}  // namespace gateway::mapping
