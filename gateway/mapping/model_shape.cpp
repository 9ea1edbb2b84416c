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

}  // namespace

ModelShape::ModelShape() {
    ShapeVisitor root(kinds_, words_, {});
    model::Envelope envelope;
    root.add("envelope", envelope);
    model::Delivery delivery;
    root.add("delivery", delivery);
    for (const auto& row : model::Names<model::MessageType>::table) {
        if (row.first == model::MessageType::DeclaredAct) continue;  // its declaration's to say
        model::Payload payload = model::emptyPayload(row.first);
        std::visit(
            [&](auto& alternative) { root.add(model::memberNameOf(row.first), alternative); },
            payload);
    }
}

std::optional<Kind> ModelShape::kindAt(std::string_view path) const {
    const auto found = kinds_.find(path);
    if (found == kinds_.end()) return std::nullopt;
    return found->second;
}

std::vector<std::string_view> ModelShape::wordsAt(std::string_view path) const {
    const auto found = words_.find(path);
    return found == words_.end() ? std::vector<std::string_view>() : found->second;
}

}  // namespace gateway::mapping
