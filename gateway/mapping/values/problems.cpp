#include "gateway/mapping/values/problems.h"

namespace gateway::mapping {

base::Words notEmpty() { return {"không được để trống", "it must not be empty"}; }

base::Words readAsNothing() {
    return {"bên nhận sẽ hiểu giá trị này là không có", "their side takes this text for none"};
}

base::Words wordsOfKind(document::Kind kind) {
    using document::Kind;
    switch (kind) {
        case Kind::Object: return {"phải là đối tượng JSON", "it must be an object"};
        case Kind::Array: return {"phải là danh sách JSON", "it must be an array"};
        case Kind::Number: return {"phải là số", "it must be a number"};
        case Kind::Boolean: return {"phải là true hoặc false", "it must be true or false"};
        default: return {"phải là chuỗi ký tự", "it must be a text"};
    }
}

}  // namespace gateway::mapping
