#include "gateway/law/acts/act_shapes.h"

namespace gateway::law {
namespace {

using enum FieldType;

Field field(std::string name, std::string vi, FieldType type, std::vector<Field> members = {}) {
    Field made;
    made.name = std::move(name);
    made.vi = std::move(vi);
    made.type = type;
    made.future = true;  // whether a day of a ruling can be is judged with the ruling
    made.members = std::move(members);
    return made;
}
Field optional(std::string name, std::string vi, FieldType type, std::vector<Field> members = {}) {
    auto made = field(std::move(name), std::move(vi), type, std::move(members));
    made.optional = true;
    return made;
}
Field code(std::string name, std::string vi, std::vector<std::string> codes) {
    auto made = field(std::move(name), std::move(vi), Code);
    made.codes = std::move(codes);
    return made;
}

const std::vector<Field>& reference() {
    static const std::vector<Field> kShape = {field("court", "Tòa án", Text),
                                              field("number", "số bản án, quyết định", Text),
                                              optional("numberNormalised", "số đã chuẩn hóa", Text),
                                              field("issuedOn", "ngày ban hành", Day)};
    return kShape;
}

const std::vector<Field>& caseReference() {
    static const std::vector<Field> kShape = {
        optional("caseId", "mã vụ việc", Text),
        optional("ruling", "bản án, quyết định", Object, reference())};
    return kShape;
}

const std::vector<Field>& file() {
    static const std::vector<Field> kShape = {
        field("fileName", "tên tệp", Text), field("mediaType", "kiểu tệp", Text),
        optional("sha256", "mã băm SHA-256", Text), optional("sizeBytes", "độ lớn", Integer),
        optional("content", "nội dung tệp", Text)};
    return kShape;
}

std::vector<Field> party() {
    auto kind =
        code("kind", "loại đương sự", {"person", "organisation", "authority", "officeholder"});
    kind.optional = true;
    return {code("role", "tư cách", {"plaintiff", "defendant", "interested"}), kind,
            field("name", "tên", Text), optional("address", "địa chỉ", Text),
            optional("birthYear", "năm sinh", Integer)};
}

std::vector<Field> obligation() {
    return {
        field("no", "nghĩa vụ số", Integer),
        code("category", "điểm của khoản 1 Điều 311", {"a", "b", "c", "d", "dd", "e", "g", "h"}),
        field("text", "nội dung nghĩa vụ", Text),
        field("obligatedParty", "người phải thi hành án", Text),
        optional("obligatedPartyKind", "loại người phải thi hành án", Text),
        optional("obligatedAgency", "mã cơ quan phải thi hành án", Text),
        optional("obligatedSuperior", "cơ quan cấp trên trực tiếp", Text),
        optional("entitledParties", "người được thi hành án", List),
        optional("amountVnd", "số tiền (đồng)", Integer)};
}

const std::vector<Field>& ruling() {
    static const std::vector<Field> kShape = {
        code("kind", "loại", {"BA", "QD"}),
        field("reference", "số, ngày, Tòa án", Object, reference()),
        code("instance", "cấp xét xử", {"ST", "PT", "GDT", "TT"}),
        optional("docket", "số thụ lý", Text),
        optional("courtName", "tên Tòa án", Text),
        optional("firstInstanceCourt", "Tòa án xét xử sơ thẩm", Text),
        optional("subject", "đối tượng khởi kiện", Text),
        optional("presidingJudge", "Thẩm phán chủ tọa", Text),
        optional("clerk", "Thư ký", Text),
        optional("prosecutor", "Kiểm sát viên", Text),
        optional("defendantSuperior", "cấp trên trực tiếp của người bị kiện", Text),
        optional("effectiveOn", "ngày có hiệu lực pháp luật", Day),
        optional("deliveredToObligatedOn", "ngày người phải thi hành án nhận", Day),
        optional("immediateEffect", "thi hành ngay", Flag),
        optional("closedHearing", "xét xử kín", Flag),
        field("parties", "đương sự", List, party()),
        field("obligations", "nghĩa vụ", List, obligation()),
        optional("attachments", "tệp đính kèm", Files)};
    return kShape;
}

}  // namespace

bool mayBeEmpty(const Field& field) noexcept {
    return field.type == FieldType::Obligations || field.optional || !field.required.isAlways();
}

bool isCaseReference(const Field& field) noexcept {
    return field.type == Any && field.name == "case";
}

bool mayBeRulingCopy(const Field& field) noexcept {
    return field.type == Any && field.name == "ruling";
}

const std::vector<Field>& rulingShape() { return ruling(); }

MemberForm formOf(const Field& field) noexcept {
    switch (field.type) {
        case Object:
        case Ruling: return MemberForm::Object;
        case List:
        case Obligations:
        case Files: return MemberForm::List;
        case Any: return isCaseReference(field) ? MemberForm::Object : MemberForm::Free;
        case Party: return MemberForm::Free;
        case Text:
        case Day:
        case Integer:
        case Flag:
        case Code:
        case Agency:
        case Office: break;
    }
    return MemberForm::Leaf;
}

const std::vector<Field>& shapeOf(const Field& field) {
    if (field.type == Files) return file();
    if (field.type == Ruling) return ruling();
    return isCaseReference(field) ? caseReference() : field.members;
}

}  // namespace gateway::law
