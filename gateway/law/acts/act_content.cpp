#include "gateway/law/acts/act_content.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/time_format.h"
#include "gateway/law/acts/act_shapes.h"
#include "gateway/model/messages/declared_shapes.h"

namespace gateway::law {
namespace {

using document::Kind;
using document::Node;

class ContentJudge {
  public:
    ContentJudge(const Node& content, base::Date today) : today_(today) {
        scene_.content = &content;
    }

    void members(const std::vector<Field>& fields, const Node& object, const std::string& path) {
        if (object.kind != Kind::Object)
            return say("TYPE", path, "phải là một đối tượng", "must be an object");
        scene_.item = &object == scene_.content ? nullptr : &object;
        for (const auto& field : fields) {
            const auto* node = object.child(field.name);
            if (!node && !field.optional && field.required.holds(scene_))
                say("MISSING", path + "/" + field.name, "thiếu " + field.vi,
                    field.name + " is missing");
        }
        for (const auto& child : object.children) {
            const auto known = std::ranges::find(fields, child.name, &Field::name);
            const auto where = path + "/" + child.name;
            if (known == fields.end())
                say("UNKNOWN", where, "không có mục này", "there is no such member");
            else
                value(*known, child, where);
        }
    }

    std::vector<Reason> take() { return std::move(found_); }

  private:
    void say(const char* code, const std::string& path, std::string vi, std::string en) {
        found_.push_back({code, path, {}, std::move(vi), std::move(en)});
    }

    void value(const Field& field, const Node& node, const std::string& path) {
        using enum FieldType;
        switch (field.type) {
            case Text:
            case Office:
            case Agency: return text(node, path);
            case Party:
            case Any:
                if (isCaseReference(field)) return object(field, node, path);
                if (node.kind == Kind::Object || node.kind == Kind::Array) return free(node, path);
                return text(node, path);
            case Object:
            case Ruling: return object(field, node, path);
            case Code: return code(field, node, path);
            case Day: return day(field, node, path);
            case Integer: return integer(node, path);
            case Flag:
                if (node.kind == Kind::Boolean) return;
                return say("TYPE", path, "phải là true hoặc false", "must be true or false");
            case Obligations:
            case List:
            case Files: return list(field, node, path);
        }
    }

    void text(const Node& node, const std::string& path) {
        if (node.kind != Kind::String ||
            node.value.find_first_not_of(" \t\r\n") == std::string::npos)
            say("TEXT", path, "phải có nội dung", "must be a text that is not blank");
    }
    // An object of the sender's: words that can be said in XML too, and nothing without any.
    void free(const Node& node, const std::string& path) {
        const bool list = node.kind == Kind::Array;
        if (!list && node.kind != Kind::Object) {
            if (node.kind == Kind::Number || node.kind == Kind::Boolean) return;
            return text(node, path);
        }
        if (node.children.empty())
            return say("TEXT", path, "phải có nội dung", "must not be empty");
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const auto& child = node.children[i];
            const auto where = path + "/" + (list ? std::to_string(i) : child.name);
            if (list || model::isFreeName(child.name))
                free(child, where);
            else
                say("UNKNOWN", where, "tên mục phải gồm chữ không dấu và số, chữ đầu viết thường",
                    "a member is named with letters and digits, the first one small");
        }
    }

    // {"code", "text"} says the same with words beside it.
    void code(const Field& field, const Node& node, const std::string& path) {
        if (node.kind == Kind::Object)
            for (const auto& child : node.children) {
                const auto where = path + "/" + child.name;
                if (child.name == "text") text(child, where);
                if (child.name != "text" && child.name != "code")
                    say("UNKNOWN", where, "không có mục này", "there is no such member");
            }
        const auto* said = node.kind == Kind::Object ? node.child("code") : &node;
        if (said && said->kind == Kind::String && std::ranges::count(field.codes, said->value) == 1)
            return;
        std::string known;
        for (const auto& one : field.codes) known += (known.empty() ? "" : ", ") + one;
        say("CODE", path, "không thuộc danh mục: " + known, "none of its codes: " + known);
    }
    void day(const Field& field, const Node& node, const std::string& path) {
        const auto read = node.kind == Kind::String ? base::parseDate(node.value) : std::nullopt;
        if (!read) return say("DAY", path, "không phải ngày (yyyy-MM-dd)", "no day (yyyy-MM-dd)");
        if (*read > today_ && !field.future)
            say("DAY_TO_COME", path, field.vi + ": ngày chưa đến",
                field.name + " is a day to come");
    }
    // Its members are judged beside those of the object around it.
    void object(const Field& field, const Node& node, const std::string& path) {
        const auto* around = scene_.item;
        members(shapeOf(field), node, path);
        scene_.item = around;
    }
    void integer(const Node& node, const std::string& path) {
        std::int64_t number = 0;
        const auto* end = node.value.data() + node.value.size();
        const auto read = std::from_chars(node.value.data(), end, number);
        if (node.kind == Kind::Number && read.ptr == end && read.ec == std::errc()) return;
        if (node.kind == Kind::Number && read.ptr == end)
            return say("NUMBER", path, "số nguyên quá lớn", "a whole number that is too large");
        say("NUMBER", path, "phải là số nguyên", "must be a whole number");
    }
    void list(const Field& field, const Node& node, const std::string& path) {
        if (node.kind != Kind::Array)
            return say("TYPE", path, "phải là một danh sách", "must be a list");
        const bool wanted =
            field.type != FieldType::Obligations && !field.optional && field.required.holds(scene_);
        if (node.children.empty() && wanted)
            say("MISSING", path, "danh sách trống", "an empty list");
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const auto at = path + "/" + std::to_string(i);
            if (field.type == FieldType::Obligations)
                integer(node.children[i], at);
            else if (shapeOf(field).empty())
                text(node.children[i], at);
            else
                members(shapeOf(field), node.children[i], at);
        }
    }

    const base::Date today_;
    Scene scene_;
    std::vector<Reason> found_;
};

}  // namespace

std::vector<Reason> judgeContent(const ActDeclaration& act, const Node& content, base::Date today) {
    ContentJudge judge(content, today);
    judge.members(act.content, content, "");
    return judge.take();
}

Node* memberAt(Node& content, std::string_view path) {
    Node* here = &content;
    while (here && !path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        const auto name = path.substr(0, slash);
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (here->kind != document::Kind::Array) {
            here = here->child(name);
            continue;
        }
        std::size_t index = 0;
        const auto read = std::from_chars(name.data(), name.data() + name.size(), index);
        here = read.ec == std::errc() && index < here->children.size() ? &here->children[index]
                                                                       : nullptr;
    }
    return here;
}

bool applyChange(Node& content, const Node& change) {
    const auto *field = change.child("field"), *is = change.child("is");
    auto* member = field ? memberAt(content, field->value) : nullptr;
    if (!member || !is || !member->isLeaf()) return false;
    member->value = is->value;
    return true;
}

void applyChanges(Node& content, const Node& changes) {
    for (const auto& change : changes.children) static_cast<void>(applyChange(content, change));
}

base::Position positionIn(const Node& content, std::string_view path) {
    const auto* here = &content;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto name = path.substr(0, path.find('/'));
        path.remove_prefix(name.size());
        std::size_t index = 0;
        const auto* next = here->kind == Kind::Array ? nullptr : here->child(name);
        if (here->kind == Kind::Array &&
            std::from_chars(name.data(), name.data() + name.size(), index).ec == std::errc() &&
            index < here->children.size())
            next = &here->children[index];
        if (!next) break;
        here = next;
    }
    return here->position;
}

}  // namespace gateway::law
