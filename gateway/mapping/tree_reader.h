#pragma once
// The reading visitor behind binding.h. Include that one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/document/tree.h"
#include "gateway/mapping/values/problems.h"
#include "gateway/model/names.h"

namespace gateway::mapping {

/// Where a member stands: a chain on the stack, made into text only for a problem.
struct MemberPath {
    const MemberPath* parent = nullptr;
    std::string_view name;  ///< empty for items and the root
    std::size_t item = 0;   ///< counted from 0, for items of arrays
    [[nodiscard]] std::string text() const;
};

enum class EmptyTexts : std::uint8_t { Accepted, Refused };

/// Where problems go, and whether required texts may be empty.
struct ReadMode {
    Problems& problems;
    EmptyTexts emptyTexts;
};

// Each puts at most one problem per member
void readMember(const document::Node&, const MemberPath&, std::string&, const ReadMode&);
void readMember(const document::Node&, const MemberPath&, bool&, const ReadMode&);
void readMember(const document::Node&, const MemberPath&, std::int64_t&, const ReadMode&);
void readMember(const document::Node&, const MemberPath&, base::Date&, const ReadMode&);
void readMember(const document::Node&, const MemberPath&, base::Timestamp&, const ReadMode&);
void readMember(const document::Node&, const MemberPath&, document::Node&, const ReadMode&);
/// False and a problem unless the node is of that kind.
bool expectKind(const document::Node&, const MemberPath&, document::Kind, const ReadMode&);
void putMissing(const document::Node& object, const MemberPath&, const ReadMode&);
void putWrongValue(const document::Node&, const MemberPath&, base::Words expected, const ReadMode&);
void putUnknown(const document::Node&, const MemberPath&, const ReadMode&);

template <model::Named E>
void readMember(const document::Node& node, const MemberPath& path, E& member,
                const ReadMode& mode) {
    if (!expectKind(node, path, document::Kind::String, mode)) return;
    if (const auto value = model::valueOf<E>(node.value)) {
        member = *value;
        return;
    }
    std::string names;
    for (const auto& row : model::Names<E>::table)
        names.append(names.empty() ? "" : ", ").append(row.second);
    putWrongValue(node, path, {"phải là một trong: " + names, "it must be one of: " + names}, mode);
}

template <class T>
void readMember(const document::Node& node, const MemberPath& path, std::vector<T>& member,
                const ReadMode& mode) {
    if (!expectKind(node, path, document::Kind::Array, mode)) return;
    member.reserve(node.children.size());
    for (const auto& item : node.children) {
        const MemberPath itemPath{&path, {}, member.size()};
        readMember(item, itemPath, member.emplace_back(), mode);
    }
}

template <class T>
void readMember(const document::Node& node, const MemberPath& path, std::optional<T>& member,
                const ReadMode& mode) {
    readMember(node, path, member.emplace(), mode);
}

/// Visits a structure and fills it from an object's members.
class TreeReader {
  public:
    TreeReader(const document::Node& object, const MemberPath& path, const ReadMode& mode) :
        object_(object), path_(path), mode_(mode) {}

    template <class T>
    void required(std::string_view name, T& member) {
        if (const auto* node = take(name)) {
            const std::size_t before = mode_.problems.size();
            readMember(*node, MemberPath{&path_, name, 0}, member, mode_);
            if constexpr (std::is_same_v<T, std::string>)
                if (member.empty() && mode_.emptyTexts == EmptyTexts::Refused &&
                    mode_.problems.size() == before)
                    putMissing(*node, MemberPath{&path_, name, 0}, mode_);
        } else {
            putMissing(object_, MemberPath{&path_, name, 0}, mode_);
        }
    }
    template <class T>
    void optional(std::string_view name, T& member) {
        if (const auto* node = take(name))
            readMember(*node, MemberPath{&path_, name, 0}, member, mode_);
    }
    /// Tells of members that the structure does not have.
    void finish() const;

  private:
    const document::Node* take(std::string_view name);

    const document::Node& object_;
    const MemberPath& path_;
    const ReadMode& mode_;
    std::vector<std::string_view> seen_;
};

template <class S>
requires requires(TreeReader& reader, S& structure) { describe(reader, structure); }
void readMember(const document::Node& node, const MemberPath& path, S& member,
                const ReadMode& mode) {
    if (!expectKind(node, path, document::Kind::Object, mode)) return;
    TreeReader reader(node, path, mode);
    describe(reader, member);
    reader.finish();
}

}  // namespace gateway::mapping
