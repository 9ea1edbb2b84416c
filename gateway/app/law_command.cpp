// The law as a page that a lawyer can read and sign: what the files say, in Vietnamese. The schemas
// of its acts, for partners.

#include <iostream>
#include <map>

#include "gateway/app/arguments.h"
#include "gateway/app/commands.h"
#include "gateway/app/exit_codes.h"
#include "gateway/app/files.h"
#include "gateway/app/snapshot_loader.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/law/act_schema.h"
#include "gateway/law/figures/figure_book.h"
#include "gateway/law/figures/output.h"
#include "gateway/law/law_book.h"

namespace gateway::app {
namespace {

using law::Role;

std::string nameFor(Role role) {
    static const std::map<Role, const char*> kNames = {
        {Role::CourtFirst, "Tòa án đã xét xử sơ thẩm"},
        {Role::CourtIssuer, "Tòa án ra bản án, quyết định"},
        {Role::Thads, "cơ quan thi hành án dân sự"},
        {Role::Obligated, "người phải thi hành án"},
        {Role::Superior, "cấp trên trực tiếp của người phải thi hành án"},
        {Role::DefendantSuperior, "cấp trên trực tiếp của người bị kiện"},
        {Role::Entitled, "người được thi hành án"},
        {Role::ProcuracyFirst, "Viện kiểm sát cùng cấp Tòa án sơ thẩm"},
        {Role::ProcuracyIssuer, "Viện kiểm sát cùng cấp Tòa án ra bản án"},
        {Role::Department, "Cục Quản lý thi hành án dân sự"},
        {Role::Ministry, "Bộ Tư pháp"},
        {Role::ProtestAuthority, "người có thẩm quyền kháng nghị"},
        {Role::Cassation, "hội đồng giám đốc thẩm, tái thẩm"},
        {Role::Sanctioner, "người có thẩm quyền xử lý kỷ luật, xử phạt"},
        {Role::Addressee, "nơi nhận văn bản"},
        {Role::Author, "người gửi văn bản được trả lời"},
        {Role::Public, "công chúng (cổng thông tin)"},
        {Role::Gateway, "hệ thống"}};
    return kNames.at(role);
}

std::string nameFor(law::Subject subject) {
    switch (subject) {
        case law::Subject::Case: return "vụ việc";
        case law::Subject::Period: return "kỳ thống kê, báo cáo";
        case law::Subject::Petition: return "đơn khiếu nại, tố cáo, kiến nghị, phản ánh";
        case law::Subject::Inspection: return "cuộc kiểm tra";
        case law::Subject::Office: break;
    }
    return "văn bản gửi cơ quan";
}

std::string when(const law::Condition& condition) {
    return condition.text().empty() ? std::string() : " khi `" + condition.text() + "`";
}

std::string measure(const law::TermRule& rule) {
    if (rule.ends.given()) return "đến ngày văn bản ấn định";
    if (!rule.length) return "không ấn định";
    const auto number = std::to_string(rule.length->count) + " ";
    switch (rule.length->unit) {
        case law::Unit::Day: return number + "ngày";
        case law::Unit::WorkingDay: return number + "ngày làm việc";
        case law::Unit::Month: return number + "tháng";
        case law::Unit::Year: return number + "năm";
        case law::Unit::AtOnce: break;
    }
    return "ngay";
}

std::string roles(const std::vector<Role>& all) {
    std::string text;
    for (const auto role : all) text += (text.empty() ? "" : "; ") + nameFor(role);
    return text.empty() ? "-" : text;
}

void printRule(const law::ActRule& rule) {
    for (const auto& sender : rule.senders)
        std::cout << "- Người gửi: " << nameFor(sender.role) << when(sender.when) << " ("
                  << sender.basis << ")\n";
    for (const auto& refusal : rule.refusals)
        std::cout << "- Không nhận" << when(refusal.when) << ": " << refusal.vi
                  << (refusal.basis.empty() ? "" : " (" + refusal.basis + ")") << '\n';
    for (const auto& mark : rule.marks)
        std::cout << "- Nhận, ghi chú " << mark.name << when(mark.when) << ": " << mark.vi << '\n';
    for (const auto& fact : rule.facts)
        std::cout << "- Ghi nhận `" << model::nameOf(fact.kind)
                  << (fact.code.empty() ? "" : "(" + fact.code + ")") << "`"
                  << (fact.on.given() ? " ngày `" + fact.on.text() + "`" : "") << when(fact.when)
                  << '\n';
    for (const auto& told : rule.told)
        std::cout << "- Báo cho: " << nameFor(told.role) << when(told.when) << " (" << told.basis
                  << (told.level == law::Level::Law ? "" : "; suy luận") << ")\n";
}

void printActs(const law::LawBook& book) {
    std::cout << "## Thông điệp\n";
    for (const auto* one : book.everyAct()) {
        const auto& act = *one;
        std::cout << "\n### " << act.vi << " (`" << act.type << "`)\n\n" << act.article << "\n\n";
        if (act.subject != law::Subject::Case)
            std::cout << "- Không thuộc vụ việc nào: " << nameFor(act.subject) << '\n';
        for (const auto& field : act.content)
            std::cout << "- `" << field.name << "`: " << field.vi
                      << (field.optional ? "" : " (bắt buộc" + when(field.required) + ")") << '\n';
        for (const auto& rule : act.rules) printRule(rule);
    }
}

void printTerms(const law::LawBook& book) {
    std::cout << "\n## Thời hạn\n\n| thời hạn | ai có nghĩa vụ | với ai | từ | độ dài | căn cứ "
                 "| xong khi | quá hạn thì báo |\n|---|---|---|---|---|---|---|---|\n";
    for (const auto& rule : book.terms())
        std::cout << "| " << rule.vi << " (`" << rule.id << "`) | " << nameFor(rule.owes) << " | "
                  << roles(rule.to) << " | `" << rule.starts.text() << "`, `" << rule.applies.text()
                  << "` | " << measure(rule) << " | " << rule.basis
                  << (rule.level == law::Level::Law ? "" : " (suy luận)") << " | `"
                  << (rule.answeredBy.empty() ? rule.answered.text() : rule.answeredBy) << "` | "
                  << roles(rule.tell) << " |\n";
}

void printStages(const law::LawBook& book) {
    std::cout << "\n## Giai đoạn (dòng đầu tiên đúng)\n\n| giai đoạn | khi |\n|---|---|\n";
    for (const auto& line : book.stages())
        std::cout << "| " << line.vi << " (`" << line.name << "`) | `"
                  << (line.when.text().empty() ? "còn lại" : line.when.text()) << "` |\n";
}

document::Node caseModelIn(const std::filesystem::path& mappings, document::Form form) {
    const bool json = form == document::Form::Json;
    const auto file =
        mappings / "case-model" / (json ? "case-model.schema.json" : "case-model.xsd");
    const auto bytes = readFile(file);
    auto read = json ? document::readJson(bytes) : [&]() -> base::Result<document::Tree> {
        const auto document = document::XmlDocument::parse(bytes);
        if (!document) return document.error();
        return document->toTree();
    }();
    if (!read) throw InputError(file.string() + ": " + render(read.error()).en);
    return std::move(read).value().root;
}

int printSchema(const law::LawBook& book, const std::string& form, const std::string& only,
                const std::filesystem::path& mappings) {
    auto acts = book.everyAct();
    std::erase_if(acts, [&](const auto* act) { return !only.empty() && act->type != only; });
    if (acts.empty()) throw UsageError("there is no act " + only);
    if (form == "json")
        std::cout << document::writeJsonPretty(
                         jsonSchemaOf(acts, caseModelIn(mappings, document::Form::Json)))
                  << '\n';
    else
        std::cout << document::writeXmlPretty(
            xmlSchemaOf(acts, caseModelIn(mappings, document::Form::Xml)),
            {{std::string(law::kXmlSchema), "xs"}});
    return kExitOk;
}

// What is counted, in the words of the file.
std::string countedBy(const law::figures::Column& column) {
    if (!column.awaits.empty()) return "chưa đếm: " + column.awaits;
    std::string text;
    const auto add = [&](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : ", ") + ("`" + part + "`");
    };
    for (const auto& act : column.acts) add(act);
    for (const auto& term : column.terms) add(term);
    if (column.unit == law::figures::Unit::Fact)
        add(std::string(model::nameOf(column.fact)) +
            (column.code.empty() ? "" : "(" + column.code + ")"));
    add(column.when.text);
    add(column.where.text());
    return text;
}

std::string sumText(const law::figures::Sum& sum) {
    std::string text;
    for (const auto& [sign, id] : sum) text += (text.empty() ? "" : sign < 0 ? " - " : " + ") + id;
    return text;
}

void printFigures(const law::figures::FigureBook& book) {
    std::cout << "\n## Biểu thống kê\n";
    for (const auto& sheet : book.sheets()) {
        std::cout << "\n### " << sheet.vi << (sheet.basis.empty() ? "" : " (" + sheet.basis + ")")
                  << "\n\n| mã | chỉ tiêu | nguồn | đếm gì |\n|---|---|---|---|\n";
        for (const auto& column : sheet.columns)
            std::cout << "| " << column.id << " | " << column.vi << " | "
                      << law::figures::sourceText(column.source)
                      << (column.basis.empty() ? "" : "; " + column.basis) << " | "
                      << countedBy(column) << " |\n";
    }
    std::cout << "\n### Từ dùng trong các cột\n\n";
    for (const auto& [name, day] : book.days())
        std::cout << "- Ngày `" << name << "`: `"
                  << (day.first.given() ? day.first.text()
                                        : "ngày đầu tiên từ " + day.since + " mà mọi nghĩa vụ " +
                                              day.of.text() + " đều " + day.every.text())
                  << "`\n";
    for (const auto& [name, condition] : book.rulings())
        std::cout << "- Bản án `" << name << "`: `" << condition.text << "`\n";
    for (const auto& [name, definition] : book.definitions())
        std::cout << "- Nghĩa vụ `" << name << "`: `" << definition.when.text() << "`\n";
    std::cout << "\n### Phải đúng trước khi chốt số liệu\n\n";
    for (const auto& identity : book.identities())
        std::cout << "- `" << identity.id << "`: " << identity.vi
                  << (identity.warning ? " (lưu ý)" : "") << '\n';
    std::cout << "\n### Tỷ lệ\n\n";
    for (const auto& indicator : book.indicators())
        std::cout << "- " << indicator.id << ", " << indicator.vi << ": "
                  << sumText(indicator.numerator) << " / " << sumText(indicator.denominator)
                  << '\n';
}

}  // namespace

int lawCommand(const Words& words) {
    const Arguments arguments(words, {"mappings", "schema", "act"}, {});
    if (!arguments.positional().empty()) throw UsageError("law takes no words");
    const auto mappings = arguments.get("mappings", "mappings");
    const auto schema = arguments.get("schema");
    if (arguments.has("schema") && schema != "json" && schema != "xsd")
        throw UsageError("--schema is json or xsd");
    if (arguments.has("act") && schema.empty()) throw UsageError("--act goes with --schema");
    const auto book = loadLaw(mappings);
    if (!schema.empty()) return printSchema(book, schema, arguments.get("act"), mappings);
    const auto figures = fromInput([&] { return law::figures::FigureBook::load(mappings, book); });
    std::cout
        << "# Pháp luật mà hệ thống áp dụng\n\nDo `thahc-gateway law` in ra từ `mappings/acts` "
           "và `mappings/legal-rules`; lịch nghỉ: phiên bản "
        << book.calendar().version() << ".\n\n";
    printActs(book);
    printTerms(book);
    printStages(book);
    printFigures(figures);
    return kExitOk;
}

}  // namespace gateway::app
