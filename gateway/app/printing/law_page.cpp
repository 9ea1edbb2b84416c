#include "gateway/app/printing/law_page.h"

#include <map>
#include <ostream>

#include "gateway/law/figures/output.h"

namespace gateway::app {

using law::Role;

namespace {

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
        {Role::Lead, "cơ quan chủ trì"},
        {Role::Counterpart, "cơ quan phối hợp"},
        {Role::Public, "công chúng (cổng thông tin)"},
        {Role::Gateway, "hệ thống"}};
    return kNames.at(role);
}

std::string nameFor(const law::LawBook& book, const law::Subject& subject) {
    return subject == law::kOffice ? "văn bản gửi cơ quan" : book.process(subject).vi;
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

}  // namespace

void printRule(std::ostream& out, const law::ActRule& rule) {
    for (const auto& sender : rule.senders)
        out << "- Người gửi: " << nameFor(sender.role) << when(sender.when) << " (" << sender.basis
            << ")\n";
    for (const auto& refusal : rule.refusals)
        out << "- Không nhận" << when(refusal.when) << ": " << refusal.vi
            << (refusal.basis.empty() ? "" : " (" + refusal.basis + ")") << '\n';
    for (const auto& mark : rule.marks)
        out << "- Nhận, ghi chú " << mark.name << when(mark.when) << ": " << mark.vi << '\n';
    for (const auto& fact : rule.facts)
        out << "- Ghi nhận `" << model::nameOf(fact.kind)
            << (fact.code.empty() ? "" : "(" + fact.code + ")") << "`"
            << (fact.on.given() ? " ngày `" + fact.on.text() + "`" : "") << when(fact.when) << '\n';
    for (const auto& told : rule.told)
        out << "- Báo cho: " << nameFor(told.role) << when(told.when) << " (" << told.basis
            << (told.level == law::Level::Law ? "" : "; suy luận") << ")\n";
}

std::string namesOf(const std::vector<law::FactKind>& kinds) {
    std::string names;
    for (const auto kind : kinds)
        names += (names.empty() ? "" : " ") + std::string(model::nameOf(kind));
    return names;
}

std::string tellOf(const law::TermRule& rule) {
    std::string text;
    for (const auto& told : rule.tell)
        text += (text.empty() ? "" : "; ") + roles(told.roles) + when(told.when);
    return text;
}

void printTerm(std::ostream& out, const law::TermRule& rule) {
    out << "| " << rule.vi << " (`" << rule.id << "`) | " << nameFor(rule.owes) << " | "
        << roles(rule.to) << " | `" << rule.starts.text() << "`, `" << rule.applies.text() << "` | "
        << measure(rule) << " | " << rule.basis
        << (rule.level == law::Level::Law ? "" : " (suy luận)") << " | `"
        << (rule.answeredBy.empty() ? rule.answered.text() : namesOf(rule.answeredBy)) << "` | "
        << tellOf(rule) << " |\n";
}

namespace {

void printActs(std::ostream& out, const law::LawBook& book) {
    out << "## Thông điệp\n";
    for (const auto* one : book.everyAct()) {
        const auto& act = *one;
        out << "\n### " << act.vi << " (`" << act.type << "`)\n\n" << act.article << "\n\n";
        if (act.subject != law::kCase)
            out << "- Không thuộc vụ việc nào: " << nameFor(book, act.subject) << '\n';
        if (!act.outside.empty())
            out << "- Khi không nêu vụ việc: " << nameFor(book, act.outside) << '\n';
        for (const auto& field : act.content)
            out << "- `" << field.name << "`: " << field.vi
                << (field.optional ? "" : " (bắt buộc" + when(field.required) + ")")
                << (field.elsewhere.empty()
                        ? ""
                        : "; trong vụ việc của bản án được nêu: `" + field.elsewhere + "`")
                << '\n';
        for (const auto& rule : act.rules) printRule(out, rule);
    }
}

void printTerms(std::ostream& out, const law::LawBook& book) {
    out << "\n## Thời hạn\n\n| thời hạn | ai có nghĩa vụ | với ai | từ | độ dài | căn cứ "
           "| xong khi | quá hạn thì báo |\n|---|---|---|---|---|---|---|---|\n";
    for (const auto& subject : book.subjects())
        for (const auto& rule : book.process(subject).terms) printTerm(out, rule);
}

void printStages(std::ostream& out, const law::LawBook& book) {
    for (const auto& subject : book.subjects()) {
        const auto& process = book.process(subject);
        if (process.stages.empty()) continue;
        out << "\n## " << (process.vi.empty() ? "Giai đoạn" : "Trạng thái: " + process.vi)
            << " (dòng đầu tiên đúng)\n\n| giai đoạn | khi |\n|---|---|\n";
        for (const auto& line : process.stages)
            out << "| " << line.vi << " (`" << line.name << "`) | `"
                << (line.when.text().empty() ? "còn lại" : line.when.text()) << "` |\n";
    }
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

void printFigures(std::ostream& out, const law::figures::FigureBook& book) {
    out << "\n## Biểu thống kê\n";
    for (const auto& sheet : book.sheets()) {
        out << "\n### " << sheet.vi << (sheet.basis.empty() ? "" : " (" + sheet.basis + ")")
            << "\n\n| mã | chỉ tiêu | nguồn | đếm gì |\n|---|---|---|---|\n";
        for (const auto& column : sheet.columns)
            out << "| " << column.id << " | " << column.vi << " | "
                << law::figures::sourceText(column.source)
                << (column.basis.empty() ? "" : "; " + column.basis) << " | " << countedBy(column)
                << " |\n";
    }
    out << "\n### Từ dùng trong các cột\n\n";
    for (const auto& [name, day] : book.days())
        out << "- Ngày `" << name << "`: `"
            << (day.first.given() ? day.first.text()
                                  : "ngày đầu tiên từ " + day.since + " mà mọi nghĩa vụ " +
                                        day.of.text() + " đều " + day.every.text())
            << "`\n";
    for (const auto& [name, condition] : book.rulings())
        out << "- Bản án `" << name << "`: `" << condition.text << "`\n";
    for (const auto& [name, definition] : book.definitions())
        out << "- Nghĩa vụ `" << name << "`: `" << definition.when.text() << "`\n";
    out << "\n### Phải đúng trước khi chốt số liệu\n\n";
    for (const auto& identity : book.identities())
        out << "- `" << identity.id << "`: " << identity.vi << (identity.warning ? " (lưu ý)" : "")
            << '\n';
    out << "\n### Tỷ lệ\n\n";
    for (const auto& indicator : book.indicators())
        out << "- " << indicator.id << ", " << indicator.vi << ": " << sumText(indicator.numerator)
            << " / " << sumText(indicator.denominator) << '\n';
}

}  // namespace

void printLaw(std::ostream& out, const law::LawBook& book,
              const law::figures::FigureBook& figures) {
    out << "# Pháp luật mà hệ thống áp dụng\n\nDo `thahc-gateway law` in ra từ `mappings/acts` "
           "và `mappings/legal-rules`; lịch nghỉ: phiên bản "
        << book.calendar().version() << ".\n\n";
    printActs(out, book);
    printTerms(out, book);
    printStages(out, book);
    printFigures(out, figures);
}

}  // namespace gateway::app
