#include "gateway/exchange/casework/renewal.h"

#include <algorithm>

#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {
namespace {

using document::Node;

/// One place: as mappings name it, and as people do.
struct At {
    std::string path, shown;
};

class Keeper {
  public:
    Keeper(const std::vector<std::string>& unchanged, std::vector<std::string>& kept) :
        unchanged_(unchanged), kept_(kept) {}

    void members(const std::vector<law::Field>& fields, const Node& before, Node& said,
                 const At& at) {
        for (const auto& field : fields)
            if (const Node* const then = before.child(field.name))
                member(field, *then, said,
                       {at.path + "/" + field.name, at.shown + "/" + field.name});
    }

  private:
    void member(const law::Field& field, const Node& then, Node& said, const At& at) {
        Node* const now = said.child(field.name);
        if (now == nullptr) {
            if (!field.stays || std::ranges::find(unchanged_, at.path) == unchanged_.end()) return;
            said.children.push_back(then);
            kept_.push_back(at.shown);
        } else if (field.type == law::FieldType::Object) {
            members(field.members, then, *now, at);
        } else if (field.type == law::FieldType::List && !field.key.empty()) {
            items(field, then, *now, at);
        }
    }

    void items(const law::Field& list, const Node& then, Node& now, const At& at) {
        for (Node& item : now.children) {
            const Node* const key = item.child(list.key);
            if (key == nullptr) continue;
            const auto same = std::ranges::find_if(then.children, [&](const Node& one) {
                const Node* const other = one.child(list.key);
                return other != nullptr && other->value == key->value;
            });
            if (same == then.children.end()) continue;
            const auto shown = at.shown + "[" + list.key + "=" + key->value + "]";
            members(list.members, *same, item, {at.path + "[]", shown});
        }
    }

    const std::vector<std::string>& unchanged_;
    std::vector<std::string>& kept_;
};

}  // namespace

std::vector<std::string> keepUnchanged(const law::ActDeclaration& declared, const Node& before,
                                       const std::vector<std::string>& unchanged, Node& said) {
    std::vector<std::string> kept;
    const auto member = model::memberNameOf(declared.type);
    Keeper(unchanged, kept).members(declared.content, before, said, {member, member});
    return kept;
}

}  // namespace gateway::exchange
