#pragma once
// The writing visitors behind binding.h. Include that one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/document/tree.h"
#include "gateway/model/names.h"

namespace gateway::mapping {

class TreeWriter;

/// A structure that TreeWriter can visit.
template <class S>
concept Written = requires(TreeWriter& writer, S& structure) {
    describe(writer, structure);
};

document::Node nodeOf(std::string_view name, const std::string& member);
document::Node nodeOf(std::string_view name, bool member);
document::Node nodeOf(std::string_view name, std::int64_t member);
document::Node nodeOf(std::string_view name, const base::Date& member);
document::Node nodeOf(std::string_view name, const base::Timestamp& member);
document::Node nodeOf(std::string_view name, document::Node member);
template <model::Named E>
document::Node nodeOf(std::string_view name, E member);
template <class T>
document::Node nodeOf(std::string_view name, const std::vector<T>& member);
template <Written S>
document::Node nodeOf(std::string_view name, const S& structure);

/// Visits a structure and appends its members to an object.
class TreeWriter {
  public:
    explicit TreeWriter(document::Node& object) : object_(object) {}

    template <class T>
    void required(std::string_view name, const T& member) {
        object_.children.push_back(nodeOf(name, member));
    }
    template <class T>
    void optional(std::string_view name, const T& member) {
        if (!isEmpty(member)) required(name, member);
    }
    template <class T>
    void optional(std::string_view name, const std::optional<T>& member) {
        if (member) required(name, *member);
    }

    /// What is left out where it is optional.
    static bool isEmpty(const std::string& member) { return member.empty(); }
    static bool isEmpty(bool member) { return !member; }
    static bool isEmpty(std::int64_t member) { return member == 0; }
    static bool isEmpty(const base::Date& member) { return !member.ok(); }
    static bool isEmpty(const base::Timestamp&) { return false; }
    static bool isEmpty(const document::Node& member) { return member.children.empty(); }
    template <class T>
    static bool isEmpty(const std::vector<T>& member) {
        return member.empty();
    }
    template <Written S>
    static bool isEmpty(const S& structure) {
        return nodeOf({}, structure).children.empty();
    }

  private:
    document::Node& object_;
};

template <model::Named E>
document::Node nodeOf(std::string_view name, E member) {
    return document::stringNode(std::string(name), std::string(model::nameOf(member)));
}

template <class T>
document::Node nodeOf(std::string_view name, const std::vector<T>& member) {
    document::Node array = document::arrayNode(std::string(name));
    array.children.reserve(member.size());
    for (const T& item : member) array.children.push_back(nodeOf(std::string_view(), item));
    return array;
}

template <Written S>
document::Node nodeOf(std::string_view name, const S& structure) {
    document::Node object = document::objectNode(std::string(name));
    TreeWriter writer(object);
    // describe() serves readers too, so it takes a structure that it could change; this one does
    // not.
    describe(writer, const_cast<S&>(structure));
    return object;
}

class TextWriter;

/// A structure that TextWriter can visit.
template <class S>
concept WrittenAsText = requires(TextWriter& writer, S& structure) {
    describe(writer, structure);
};

/// Visits a structure and writes its members as text, as TreeWriter appends them.
class TextWriter {
  public:
    explicit TextWriter(document::JsonText& text) : text_(text) {}

    template <class T>
    void required(std::string_view name, const T& member) {
        text_.name(name);
        write(member);
    }
    template <class T>
    void optional(std::string_view name, const T& member) {
        if (!TreeWriter::isEmpty(member)) required(name, member);
    }
    template <class T>
    void optional(std::string_view name, const std::optional<T>& member) {
        if (member) required(name, *member);
    }

    void write(const std::string& value) { text_.string(value); }
    void write(bool value) { text_.boolean(value); }
    void write(std::int64_t value) { text_.number(value); }
    void write(const base::Date& value) { text_.string(base::formatDate(value)); }
    void write(const base::Timestamp& value) { text_.string(base::formatTimestamp(value)); }
    void write(const document::Node& value) { text_.node(value); }
    template <model::Named E>
    void write(E value) {
        text_.string(model::nameOf(value));
    }
    template <class T>
    void write(const std::vector<T>& values) {
        text_.beginArray();
        for (const T& value : values) write(value);
        text_.endArray();
    }
    template <WrittenAsText S>
    void write(const S& structure) {
        text_.beginObject();
        // As in nodeOf: describe() serves readers too.
        describe(*this, const_cast<S&>(structure));
        text_.endObject();
    }

  private:
    document::JsonText& text_;
};

}  // namespace gateway::mapping
