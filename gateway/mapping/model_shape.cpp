#include "gateway/mapping/model_shape.h"

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using Kinds = std::map<std::string, Kind, std::less<>>;
using Words = std::map<std::string, std::vector<std::string_view>, std::less<>>;

// Visits a structure and notes path and kind of each member, and of theirs.
class ShapeVisitor {
  public:
    ShapeVisitor(Kinds& kinds, Words& words, std::string prefix) :
        kinds_(kinds), words_(words), prefix_(std::move(prefix)) {}

    template <class T>
    void required(std::string_view name, T& member) {
        add(prefix_ + std::string(name), member);
    }
    template <class T>
    void optional(std::string_view name, T& member) {
        add(prefix_ + std::string(name), member);
    }

    template <class T>
    void add(const std::string& path, T& member) {
        if constexpr (std::is_same_v<T, bool>) {
            kinds_.emplace(path, Kind::Boolean);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
            kinds_.emplace(path, Kind::Number);
        } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, base::Date> ||
                             std::is_same_v<T, base::Timestamp>) {
            kinds_.emplace(path, Kind::String);
        } else if constexpr (std::is_same_v<T, document::Node>) {
            kinds_.emplace(path, Kind::Object);
        } else if constexpr (model::Named<T>) {
            kinds_.emplace(path, Kind::String);
            auto& words = words_[path];
            words.clear();
            for (const auto& row : model::Names<T>::table) words.push_back(row.second);
        } else {
            addContainer(path, member);
        }
    }

  private:
    template <class T>
    void addContainer(const std::string& path, std::optional<T>&) {
        T value{};
        add(path, value);
    }
    template <class T>
    void addContainer(const std::string& path, std::vector<T>&) {
        kinds_.emplace(path, Kind::Array);
        T item{};
        add(path + "[]", item);
    }
    template <class S>
    void addContainer(const std::string& path, S& structure) {
        kinds_.emplace(path, Kind::Object);
        ShapeVisitor inner(kinds_, words_, path + "/");
        describe(inner, structure);
    }

    Kinds& kinds_;
    Words& words_;
    std::string prefix_;
};

constexpr std::string_view kTypePath = "envelope/type";

// Below what is free: names as its sender may give them.
bool isFreePath(std::string_view below) {
    while (!below.empty()) {
        below.remove_prefix(1);
        const auto name = below.substr(0, below.find('/'));
        if (!model::isFreeName(name)) return false;
        below.remove_prefix(name.size());
    }
    return true;
}

}  // namespace

ModelShape::ModelShape(model::DeclaredShapes acts) : acts_(std::move(acts)) {
    ShapeVisitor root(kinds_, words_, {});
    model::Envelope envelope;
    root.add("envelope", envelope);
    model::Delivery delivery;
    root.add("delivery", delivery);
    for (const auto& row : model::Names<model::MessageType>::table) {
        // Of an act it is its declaration's to say.
        if (model::typeOf(row.second) == model::MessageType::DeclaredAct) continue;
        model::Payload payload = model::emptyPayload(row.first);
        std::visit(
            [&](auto& alternative) { root.add(model::memberNameOf(row.first), alternative); },
            payload);
    }
    auto& types = words_[std::string(kTypePath)];
    std::erase_if(types, [](std::string_view type) {
        return model::typeOf(type) == model::MessageType::DeclaredAct;
    });
    for (const auto& type : acts_.types)
        if (model::typeOf(type) == model::MessageType::DeclaredAct) types.push_back(type);
}

std::optional<Kind> ModelShape::kindAt(std::string_view path) const {
    if (const auto found = kinds_.find(path); found != kinds_.end()) return found->second;
    const auto member = path.substr(0, path.find('/'));
    if (kinds_.contains(member)) return std::nullopt;
    const auto& members = acts_.members;
    if (const auto found = members.find(path); found != members.end()) return found->second.kind;
    for (auto end = path.rfind('/'); end != std::string_view::npos && end != 0;
         end = path.rfind('/', end - 1)) {
        const auto around = members.find(path.substr(0, end));
        if (around == members.end()) continue;
        if (around->second.free && isFreePath(path.substr(end))) return Kind::String;
        break;
    }
    return std::nullopt;
}

std::vector<std::string_view> ModelShape::wordsAt(std::string_view path) const {
    if (const auto found = words_.find(path); found != words_.end()) return found->second;
    if (kinds_.contains(path)) return {};
    const auto found = acts_.members.find(path);
    if (found == acts_.members.end()) return {};
    return {found->second.words.begin(), found->second.words.end()};
}

std::vector<std::string> ModelShape::stayingOf(std::string_view type) const {
    std::vector<std::string> paths;
    const auto below = model::memberNameOf(type) + "/";
    for (auto at = acts_.members.lower_bound(below);
         at != acts_.members.end() && at->first.starts_with(below); ++at)
        if (at->second.stays) paths.push_back(at->first);
    return paths;
}

bool ModelShape::hasMessage(std::string_view type) const {
    return model::typeOf(type) != model::MessageType::DeclaredAct || acts_.types.contains(type);
}

}  // namespace gateway::mapping
