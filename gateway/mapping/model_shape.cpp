#include "gateway/mapping/model_shape.h"

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/any_message.h"

namespace gateway::mapping {
namespace {

using document::Kind;
using Kinds = std::map<std::string, Kind, std::less<>>;

// Visits a structure and notes path and kind of each member, and of theirs.
class ShapeVisitor {
  public:
    ShapeVisitor(Kinds& kinds, std::string prefix) : kinds_(kinds), prefix_(std::move(prefix)) {}

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
                             std::is_same_v<T, base::Timestamp> || model::Named<T>) {
            kinds_.emplace(path, Kind::String);
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
        ShapeVisitor inner(kinds_, path + "/");
        describe(inner, structure);
    }

    Kinds& kinds_;
    std::string prefix_;
};

}  // namespace

ModelShape::ModelShape() {
    ShapeVisitor root(kinds_, {});
    model::Envelope envelope;
    root.add("envelope", envelope);
    model::Delivery delivery;
    root.add("delivery", delivery);
    for (const auto& row : model::Names<model::MessageType>::table) {
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

}  // namespace gateway::mapping
