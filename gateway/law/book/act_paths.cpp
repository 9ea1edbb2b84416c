#include "gateway/law/book/act_paths.h"

#include "gateway/law/acts/act_shapes.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::law {
namespace {

using document::Kind;

class Paths {
  public:
    explicit Paths(model::DeclaredShapes& made) : made_(made) {}

    void object(const std::string& path, const std::vector<Field>& fields) {
        put(path, Kind::Object);
        for (const auto& one : fields) member(path + "/" + one.name, one);
    }

    void member(const std::string& path, const Field& field) {
        switch (formOf(field)) {
            case MemberForm::Object: object(path, shapeOf(field)); break;
            case MemberForm::List: list(path, field); break;
            case MemberForm::Free:
                put(path, Kind::String);
                made_.members[path].free = true;
                break;
            case MemberForm::Leaf: leaf(path, field); break;
        }
        made_.members[path].stays = field.stays;
    }

  private:
    void put(const std::string& path, Kind kind) { made_.members[path].kind = kind; }

    void list(const std::string& path, const Field& field) {
        put(path, Kind::Array);
        const auto& items = shapeOf(field);
        if (!items.empty()) return object(path + "[]", items);
        put(path + "[]", field.type == FieldType::Obligations ? Kind::Number : Kind::String);
    }

    void leaf(const std::string& path, const Field& field) {
        put(path, field.type == FieldType::Integer ? Kind::Number
                  : field.type == FieldType::Flag  ? Kind::Boolean
                                                   : Kind::String);
        if (field.codes.empty()) return;
        made_.members[path].words = field.codes;
        put(path + "/code", Kind::String);
        made_.members[path + "/code"].words = field.codes;
        put(path + "/text", Kind::String);
    }

    model::DeclaredShapes& made_;
};

}  // namespace

model::DeclaredShapes actPathsOf(const LawBook& book) {
    model::DeclaredShapes made;
    Field reference;
    reference.name = "case";
    reference.type = FieldType::Any;
    for (const auto* act : book.everyAct()) {
        const auto path = model::memberNameOf(act->type);
        made.types.insert(act->type);
        Paths paths(made);
        paths.member(path + "/case", reference);
        paths.object(path, act->content);
    }
    return made;
}

}  // namespace gateway::law
