// The file of a case as a page: what stands where, in Vietnamese.

#include "gateway/app/papers/case_dossier.h"
#include "gateway/base/time_format.h"
#include "gateway/document/print/html_page.h"
#include "gateway/document/print/vietnam_time.h"

namespace gateway::app {
namespace {

using document::HtmlPage;
using document::Node;

constexpr const char* kStyle = R"x(
section { break-before: page; } h1 { bookmark-level: none; } section h2 { bookmark-level: 1; }
h3 { bookmark-level: 2; break-after: avoid; } td { overflow-wrap: break-word; }
table.toc td { border: none; padding: 0.6mm 1mm; } table.toc td.n { width: 12mm; }
table.toc td.in { padding-left: 8mm; } table.toc a { color: #000; text-decoration: none; }
table.toc a.page::after { content: target-counter(attr(href), page); }
table.facts { margin: 0 0 2mm; } table.facts td:first-child { width: 45mm; background: #f4f4f4; }
.digest { font-family: "DejaVu Sans Mono", monospace; font-size: 7.5pt; }
td.digest { overflow-wrap: anywhere; }
.struck { text-decoration: line-through; } div.cover { text-align: center; margin-top: 60mm; }
)x";

void fact(HtmlPage& page, const std::string& name, const std::string& text,
          const std::string& style = {}) {
    if (text.empty()) return;
    page.open("tr").leaf("td", name).open("td", {{"class", style}}).lines(text).close().close();
}

const law::Field* fieldNamed(const std::vector<law::Field>& fields, const std::string& name) {
    for (const auto& field : fields)
        if (field.name == name) return &field;
    return nullptr;
}

std::string leafText(const Node& node) {
    const auto day = base::parseDate(node.value);
    return day ? base::formatDayMonthYear(*day) : node.value;
}

// Of whatever was said, by the names that its declaration gives to its members.
std::string wordsOf(const Node& node, const std::vector<law::Field>& fields) {
    if (node.isLeaf()) return leafText(node);
    std::string text;
    for (const auto& child : node.children) {
        const auto* field = fieldNamed(fields, child.name);
        const auto words = wordsOf(child, field ? field->members : fields);
        if (words.empty()) continue;
        text += text.empty() ? "" : node.kind == document::Kind::Array ? "\n" : "; ";
        text += (field ? field->vi + ": " : "") + words;
    }
    return text;
}

std::string idOf(const char* what, std::size_t number) { return what + std::to_string(number); }

std::string titleOf(const FiledAct& act) {
    return act.vi + ", ngày " + base::formatDayMonthYear(act.happenedOn) + ", " + act.by;
}

class Printing {
  public:
    Printing(const Dossier& dossier, const law::registers::CaseFileForm& form,
             const Agencies& agencies) :
        dossier_(dossier),
        form_(form),
        agencies_(agencies),
        page_(form.vi, {.numbered = false, .style = kStyle}) {}

    std::string print(base::Timestamp now) && {
        cover(now);
        index();
        ruling();
        terms();
        for (std::size_t part = 0; part < form_.parts.size(); ++part) acts(part);
        files();
        for (std::size_t i = 0; i < dossier_.enclosures.size(); ++i)
            if (dossier_.enclosures[i].why.empty()) enclosureCover(i);
        return std::move(page_).finish();
    }

  private:
    [[nodiscard]] std::string today(const std::string& code) const {
        return code.empty() ? code : agencies_.name(code, dossier_.file.ruling.reference.issuedOn);
    }

    void cover(base::Timestamp now) {
        const auto& file = dossier_.file;
        page_.open("p").leaf("b", today(file.routing.enforcement)).close();
        page_.open("div", {{"class", "cover"}}).leaf("h1", form_.vi);
        page_.leaf("p", "(" + form_.basis + ")");
        if (!file.registerNumber.empty())
            page_.leaf("p", "Số vào sổ: " + file.registerNumber +
                                (file.registeredOn
                                     ? " ngày " + base::formatDayMonthYear(*file.registeredOn)
                                     : ""));
        page_.leaf("p", rulingName()).leaf("p", today(file.ruling.reference.court));
        page_.leaf("p", "Mã vụ việc: " + file.caseId, {{"class", "digest"}});
        if (file.undoneOn)
            page_.open("p")
                .leaf("b", "Việc chuyển giao đã bị hủy ghi nhận ngày " +
                               base::formatDayMonthYear(*file.undoneOn))
                .close();
        page_.leaf("p", "In lúc " + document::printedMoment(now)).close();
    }

    [[nodiscard]] std::string rulingName() const {
        const auto& ruling = dossier_.file.ruling;
        return (ruling.kind == model::RulingKind::Judgment ? "Bản án số " : "Quyết định số ") +
               ruling.reference.number + " ngày " +
               base::formatDayMonthYear(ruling.reference.issuedOn);
    }

    void entry(const std::string& target, const std::string& text, bool inner,
               std::size_t number = 0) {
        page_.open("tr").open("td", {{"class", inner ? "in" : "out"}});
        page_.leaf("a", text, {{"href", "#" + target}}).close().open("td", {{"class", "n"}});
        if (number == 0)
            page_.leaf("a", "", {{"class", "page"}, {"href", "#" + target}});
        else
            page_.leaf("a", std::to_string(number), {{"href", "#" + target}});
        page_.close().close();
    }

    void index() {
        page_.open("section").leaf("h2", "MỤC LỤC").open("table", {{"class", "toc"}});
        entry("ruling", "Bản án, quyết định; đương sự; nghĩa vụ", false);
        entry("terms", "Thời hạn và kết quả", false);
        for (std::size_t part = 0; part < form_.parts.size(); ++part) {
            entry(idOf("part", part), form_.parts[part].id + ") " + form_.parts[part].vi, false);
            for (std::size_t i = 0; i < dossier_.acts.size(); ++i)
                if (dossier_.acts[i].part == part)
                    entry(idOf("act", i), titleOf(dossier_.acts[i]), true);
        }
        entry("files", "Danh mục tệp kèm theo", false);
        for (std::size_t i = 0; i < dossier_.enclosures.size(); ++i)
            if (const auto& one = dossier_.enclosures[i]; one.why.empty())
                entry(idOf("file", i), one.file.fileName, true, one.coverPage);
        page_.close().close();
    }

    void ruling() {
        const auto& file = dossier_.file;
        const auto& ruling = file.ruling;
        page_.open("section").leaf("h2", "Bản án, quyết định; đương sự; nghĩa vụ",
                                   {{"id", "ruling"}});
        page_.open("table", {{"class", "facts"}});
        fact(page_, "Bản án, quyết định", rulingName());
        fact(page_, "Tòa án", today(ruling.reference.court));
        fact(page_, "Tòa án xét xử sơ thẩm", today(ruling.firstInstanceCourt));
        fact(page_, "Thụ lý", ruling.docket);
        fact(page_, "Đối tượng khởi kiện", ruling.subject);
        if (const auto effect = model::effectOf(ruling))
            fact(page_, "Có hiệu lực từ ngày", base::formatDayMonthYear(*effect));
        fact(page_, "Viện kiểm sát", today(file.routing.procuracy));
        page_.close().leaf("h3", "Đương sự").open("table").open("tbody");
        page_.row({"Tư cách", "Tên", "Địa chỉ"}, "th");
        for (const auto& party : ruling.parties)
            page_.row({party.role == model::PartyRole::Plaintiff   ? "Người khởi kiện"
                       : party.role == model::PartyRole::Defendant ? "Người bị kiện"
                                                                   : "Người có quyền lợi, nghĩa "
                                                                     "vụ liên quan",
                       party.name, party.address});
        page_.close().close().leaf("h3", "Nghĩa vụ phải thi hành").open("table").open("tbody");
        page_.row({"STT", "Điểm", "Nội dung", "Người phải thi hành án", "Chấp hành viên"}, "th");
        for (const auto& one : ruling.obligations)
            page_.row({std::to_string(one.no),
                       one.category == model::Category::DD
                           ? "đ"
                           : std::string(model::nameOf(one.category)),
                       one.text, one.obligatedParty, file.officer(one.no)});
        page_.close().close().close();
    }

    [[nodiscard]] static std::string outcomeText(const model::Term& term) {
        switch (term.outcome()) {
            case model::TermOutcome::Open: return "đang chạy";
            case model::TermOutcome::Passed: return "quá hạn, chưa ghi nhận";
            case model::TermOutcome::Met: return "đúng hạn";
            case model::TermOutcome::MetLate: return "muộn";
            case model::TermOutcome::Lifted: break;
        }
        return "không còn phải thực hiện";
    }

    void terms() {
        page_.open("section").leaf("h2", "Thời hạn và kết quả", {{"id", "terms"}});
        page_.open("table").open("thead");
        page_.row({"Việc phải làm", "Nghĩa vụ", "Hạn", "Kết quả", "Cách tính; căn cứ"}, "th");
        page_.close().open("tbody");
        for (const auto& one : dossier_.file.terms)
            term(one, one.vi, one.obligation == 0 ? "" : std::to_string(one.obligation));
        for (const auto& file : dossier_.matters)
            for (const auto& one : file.terms)
                for (const auto& part : file.matter->parts)
                    if (part.no == one.obligation) term(one, one.vi + " (" + part.vi + ")", {});
        page_.close().close().close();
    }

    void term(const model::Term& term, const std::string& title, const std::string& obligation) {
        page_.row(
            {title, obligation, term.due ? base::formatDayMonthYear(*term.due) : "",
             outcomeText(term) +
                 (term.answeredOn ? " (" + base::formatDayMonthYear(*term.answeredOn) + ")" : ""),
             term.explanation + "\n" + term.basis});
    }

    void acts(std::size_t part) {
        page_.open("section").leaf("h2", form_.parts[part].id + ") " + form_.parts[part].vi,
                                   {{"id", idOf("part", part)}});
        bool any = false;
        for (std::size_t i = 0; i < dossier_.acts.size(); ++i)
            if (dossier_.acts[i].part == part) {
                act(i);
                any = true;
            }
        if (!any) page_.leaf("p", "Không có.");
        page_.close();
    }

    void act(std::size_t number) {
        const auto& one = dossier_.acts[number];
        page_.leaf("h3", titleOf(one),
                   {{"id", idOf("act", number)}, {"class", one.struckOn ? "struck" : "act"}});
        page_.open("table", {{"class", "facts"}});
        if (one.struckOn)
            fact(page_, "Thu hồi, đính chính", base::formatDayMonthYear(*one.struckOn));
        fact(page_, "Cơ quan gửi", one.by);
        fact(page_, "Ghi nhận lúc", document::printedMoment(one.recordedAt));
        if (one.recordedFor) {
            fact(page_, "Ghi nhận thay", one.recordedFor->author);
            fact(page_, "Ngày nhận", base::formatDayMonthYear(one.recordedFor->receivedOn));
            fact(page_, "Hình thức nhận", one.recordedFor->form);
            fact(page_, "Người ghi nhận", one.recordedFor->clerk);
        }
        static const std::vector<law::Field> kNone;
        const auto& fields = one.declaration ? one.declaration->content : kNone;
        for (const auto& member : one.content.children) {
            const auto* field = fieldNamed(fields, member.name);
            fact(page_, field ? field->vi : member.name,
                 wordsOf(member, field ? field->members : kNone));
        }
        for (const auto& enclosure : dossier_.enclosures)
            if (enclosure.act == number) fact(page_, "Tệp kèm theo", enclosure.file.fileName);
        fact(page_, "Ghi chú", one.note);
        fact(page_, "Mã thông điệp", one.messageId, "digest");
        fact(page_, "Chứng thư của chữ ký", one.signerSha256, "digest");
        fact(page_, "SHA-256 nội dung đã ký", one.contentSha256, "digest");
        fact(page_, "Biên nhận", one.receiptId, "digest");
        page_.close();
    }

    void files() {
        page_.open("section").leaf("h2", "Danh mục tệp kèm theo", {{"id", "files"}});
        page_.open("table").open("thead");
        page_.row({"STT", "Tệp", "Văn bản", "SHA-256", "Trang"}, "th").close().open("tbody");
        std::size_t no = 0;
        for (const auto& one : dossier_.enclosures) {
            page_.open("tr").leaf("td", std::to_string(++no), {{"class", "n"}});
            page_.leaf("td", one.file.fileName).leaf("td", dossier_.acts[one.act].vi);
            page_.leaf("td", one.file.sha256, {{"class", "digest"}});
            page_.leaf("td",
                       one.why.empty() ? std::to_string(one.coverPage) : "Không ghép: " + one.why);
            page_.close();
        }
        page_.close().close().close();
    }

    void enclosureCover(std::size_t number) {
        const auto& one = dossier_.enclosures[number];
        page_.open("section").open("div", {{"class", "cover"}});
        page_.leaf("h2", one.file.fileName, {{"id", idOf("file", number)}});
        page_.leaf("p", titleOf(dossier_.acts[one.act]));
        page_.leaf("p", std::to_string(one.pages) + " trang tiếp theo; SHA-256 của tệp:");
        page_.leaf("p", one.file.sha256, {{"class", "digest"}}).close().close();
    }

    const Dossier& dossier_;
    const law::registers::CaseFileForm& form_;
    const Agencies& agencies_;
    HtmlPage page_;
};

}  // namespace

std::string dossierHtml(const Dossier& dossier, const law::registers::CaseFileForm& form,
                        const Agencies& agencies, base::Timestamp now) {
    return Printing(dossier, form, agencies).print(now);
}

}  // namespace gateway::app
