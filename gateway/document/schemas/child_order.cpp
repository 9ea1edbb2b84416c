#include "gateway/document/schemas/child_order.h"

#include <algorithm>
#include <map>

#include "gateway/base/fault.h"
#include "gateway/document/schemas/dealt_rounds.h"

namespace gateway::document {
namespace {

using What = ContentModel::What;
using Name = std::pair<std::string, std::string>;  // namespace, local part

constexpr std::string_view kInstance = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

/// A content model with numbers for names: elements of one number are the same to it.
struct Part {
    What what = What::Sequence;
    std::size_t least = 1, most = 1;
    std::vector<Part> parts;
    std::size_t number = kUnknown;     ///< of an element
    std::vector<std::size_t> numbers;  ///< of all elements below
    std::size_t later = 0;             ///< how many of its number must stand after it
};

struct TypeOrder {
    std::map<Name, const Place*> places;
    std::map<Name, std::size_t> numbers;
    std::size_t count = 0;  ///< of numbers
    Part model;
};

class Numbering {
  public:
    explicit Numbering(TypeOrder& order) : order_(order) {}

    Part number(const ContentModel& model) {
        Part part{model.what, model.least, model.most, {}, kUnknown, {}, 0};
        if (model.what == What::Element) {
            part.number = numberOf(model.names);
            part.numbers.push_back(part.number);
        }
        for (const ContentModel& inner : model.parts) {
            part.parts.push_back(number(inner));
            const auto& below = part.parts.back().numbers;
            part.numbers.insert(part.numbers.end(), below.begin(), below.end());
        }
        std::sort(part.numbers.begin(), part.numbers.end());
        part.numbers.erase(std::unique(part.numbers.begin(), part.numbers.end()),
                           part.numbers.end());
        return part;
    }

    // Of a name that stands twice, what comes first must leave enough for what comes later.
    void reserve(Part& part) {
        if (part.most != 1 && part.what != What::Element) return;
        if (part.what == What::Element) {
            part.later = std::exchange(wanted_[part.number], wanted_[part.number] + part.least);
        } else if (part.what == What::Sequence) {
            for (auto inner = part.parts.rbegin(); inner != part.parts.rend(); ++inner)
                reserve(*inner);
        }
    }

  private:
    std::size_t numberOf(const std::vector<Name>& names) {
        std::size_t number = order_.count;
        for (const Name& name : names)
            if (const auto known = order_.numbers.find(name); known != order_.numbers.end())
                number = known->second;
        if (number == order_.count) ++order_.count;
        for (const Name& name : names) order_.numbers.emplace(name, number);
        return number;
    }

    TypeOrder& order_;
    std::map<std::size_t, std::size_t> wanted_;
};

TypeOrder orderOf(const PlaceType& type) {
    TypeOrder order;
    for (const Place& place : type.children)
        if (!place.attribute) order.places.emplace(Name(place.namespaceUri, place.name), &place);
    Numbering numbering(order);
    order.model = numbering.number(type.model);
    numbering.reserve(order.model);
    return order;
}

/// Gives the children of one element their order: indexes, each once.
class Sorter {
  public:
    Sorter(const TypeOrder& type, const std::vector<Node>& children) : waiting_(type.count) {
        std::size_t index = 0;
        for (const Node& child : children) {
            const auto known = type.numbers.find({child.namespaceUri, child.name});
            if (child.kind == Kind::Attribute)
                order_.push_back(index);
            else if (known == type.numbers.end())
                unknown_.push_back(index);
            else
                waiting_[known->second].indexes.push_back(index);
            ++index;
        }
        take(type.model);
        std::vector<std::size_t> rest = std::move(unknown_);
        for (std::size_t number = 0; number < type.count; ++number) takeAll(number, rest);
        std::sort(rest.begin(), rest.end());
        order_.insert(order_.end(), rest.begin(), rest.end());
    }
    [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }

  private:
    struct Waiting {
        std::vector<std::size_t> indexes{};
        std::size_t taken = 0;
        [[nodiscard]] std::size_t left() const { return indexes.size() - taken; }
    };

    void takeAll(std::size_t number, std::vector<std::size_t>& into) {
        Waiting& waiting = waiting_[number];
        for (; waiting.left() > 0; ++waiting.taken) into.push_back(waiting.indexes[waiting.taken]);
    }

    void take(const Part& part) {
        const bool group = part.what == What::Sequence || part.what == What::Choice;
        if (part.what == What::All || (group && part.most > 1)) return takeGroup(part);
        switch (part.what) {
            case What::Element: return takeElement(part);
            case What::Sequence:
                for (const Part& inner : part.parts) take(inner);
                return;
            case What::Choice:
                if (const Part* branch = chosen(part)) take(*branch);
                return;
            default:
                order_.insert(order_.end(), unknown_.begin(), unknown_.end());
                unknown_.clear();
        }
    }

    void takeElement(const Part& part) {
        Waiting& waiting = waiting_[part.number];
        const std::size_t free = waiting.left() - std::min(waiting.left(), part.later);
        for (std::size_t count = std::min(part.most, free); count > 0; --count)
            order_.push_back(waiting.indexes[waiting.taken++]);
    }

    // The branch that most of what was written belongs to.
    [[nodiscard]] const Part* chosen(const Part& choice) const {
        const Part* best = nullptr;
        std::size_t most = 0;
        for (const Part& branch : choice.parts) {
            std::size_t held = 0;
            for (const std::size_t number : branch.numbers) held += waiting_[number].left() > 0;
            if (held > most) best = &branch;
            most = std::max(most, held);
        }
        return best;
    }

    void takeGroup(const Part& part) {
        std::vector<std::size_t> indexes;
        std::vector<Round> rounds;
        const bool plain = part.what == What::Sequence &&
                           std::all_of(part.parts.begin(), part.parts.end(), [](const Part& inner) {
                               return inner.what == What::Element;
                           });
        for (const Part& inner : plain ? part.parts : std::vector<Part>())
            rounds.push_back({inner.least, inner.most, waiting_[inner.number].indexes});
        for (const std::size_t number : part.numbers) takeAll(number, indexes);
        std::sort(indexes.begin(), indexes.end());
        if (!rounds.empty()) indexes = dealtRounds(rounds, std::move(indexes));
        order_.insert(order_.end(), indexes.begin(), indexes.end());
    }

    std::vector<Waiting> waiting_;
    std::vector<std::size_t> order_, unknown_;
};

}  // namespace

struct ChildOrder::Orders {
    std::shared_ptr<const Outline> outline;
    std::map<std::uint32_t, TypeOrder> types;
    std::map<Name, const Place*> roots;

    void applyTo(Node& element, const Place& place) const {
        const TypeOrder& type = types.at(typeNamed(element, place));
        settleNulls(element, type);
        for (Node& child : element.children)
            if (child.kind == Kind::Element)
                if (const Place* inner = placeOf(child, type)) applyTo(child, *inner);
        // Between texts the order is part of what is said.
        if (element.hasPieces()) return;
        const Sorter sorter(type, element.children);
        if (std::is_sorted(sorter.order().begin(), sorter.order().end())) return;
        std::vector<Node> sorted;
        sorted.reserve(element.children.size());
        for (const std::size_t index : sorter.order())
            sorted.push_back(std::move(element.children[index]));
        element.children = std::move(sorted);
    }

    // What a wildcard lets in may be an element of the schema all the same.
    [[nodiscard]] const Place* placeOf(const Node& node, const TypeOrder& type) const {
        const Name name(node.namespaceUri, node.name);
        if (const auto found = type.places.find(name); found != type.places.end())
            return found->second;
        const auto found = roots.find(name);
        return found == roots.end() ? nullptr : found->second;
    }

    [[nodiscard]] std::uint32_t typeNamed(const Node& element, const Place& place) const {
        for (const Node& child : element.children) {
            if (child.kind != Kind::Attribute) break;
            if (child.name != "type" || child.namespaceUri != kInstance) continue;
            const auto local = child.value.substr(child.value.find(':') + 1);  // npos + 1 = 0
            for (const auto& [name, type] : outline->typeOf(place).derived)
                if (name == local) return type;
        }
        return place.type;
    }

    void settleNulls(Node& element, const TypeOrder& type) const {
        for (Node& child : element.children) {
            if (child.kind != Kind::Null) continue;
            const Place* place = placeOf(child, type);
            if (place == nullptr || !place->nillable) continue;
            child = elementNode(std::move(child.namespaceUri), std::move(child.name));
            child.children.push_back(attributeNode("nil", "true"));
            child.children.back().namespaceUri = kInstance;
        }
        std::erase_if(element.children, [](const Node& child) { return child.kind == Kind::Null; });
    }
};

ChildOrder::ChildOrder(std::shared_ptr<const Outline> outline) {
    GW_CHECK(outline != nullptr && outline->form() == Form::Xml);
    auto orders = std::make_unique<Orders>();
    for (std::uint32_t type = 0; type < outline->types().size(); ++type)
        orders->types.emplace(type, orderOf(outline->types()[type]));
    for (const Place& root : outline->roots())
        orders->roots.emplace(Name(root.namespaceUri, root.name), &root);
    orders->outline = std::move(outline);
    orders_ = std::move(orders);
}

ChildOrder::~ChildOrder() = default;

void ChildOrder::apply(Node& root) const {
    const auto place = orders_->roots.find({root.namespaceUri, root.name});
    if (place != orders_->roots.end()) orders_->applyTo(root, *place->second);
}

}  // namespace gateway::document
