#pragma once
// Content in which every declared member is said, in the order of the declaration.

#include "gateway/law/acts/act_shapes.h"

namespace gateway::law {

inline document::Node fullObject(const std::vector<Field>& fields, std::string name = {});

inline document::Node fullValue(const Field& field) {
    using document::stringNode;
    switch (formOf(field)) {
        case MemberForm::Object: return fullObject(shapeOf(field), field.name);
        case MemberForm::List: {
            auto list = document::arrayNode(field.name);
            for (int i = 1; i <= 2; ++i) {
                if (field.type == FieldType::Obligations)
                    list.children.push_back(document::numberNode("", std::to_string(i)));
                else if (shapeOf(field).empty())
                    list.children.push_back(stringNode("", "Bà Nguyễn Thị Mẫu"));
                else
                    list.children.push_back(fullObject(shapeOf(field)));
            }
            return list;
        }
        case MemberForm::Free: {
            auto object = document::objectNode(field.name);
            addText(object, "name", " Ông Trần <Văn> Mẫu & con ");
            auto list = document::arrayNode("numbers");
            list.children.push_back(stringNode("", "12/QĐ"));
            auto inner = document::objectNode("reason");
            addText(inner, "code", "17.2");
            addText(inner, "text", "vắng mặt");
            object.children.push_back(std::move(list));
            object.children.push_back(std::move(inner));
            return object;
        }
        case MemberForm::Leaf: break;
    }
    switch (field.type) {
        case FieldType::Day: return stringNode(field.name, "2026-03-02");
        case FieldType::Integer: return document::numberNode(field.name, "-17");
        case FieldType::Flag: return document::booleanNode(field.name, true);
        case FieldType::Code: return stringNode(field.name, field.codes.front());
        default:
            if (field.name == "sha256") return stringNode(field.name, std::string(64, 'a'));
            if (field.name == "content") return stringNode(field.name, "YWFh");
            return stringNode(field.name, "Về việc thi hành án\n  của " + field.name);
    }
}

inline document::Node fullObject(const std::vector<Field>& fields, std::string name) {
    auto object = document::objectNode(std::move(name));
    for (const auto& field : fields) object.children.push_back(fullValue(field));
    return object;
}

}  // namespace gateway::law
