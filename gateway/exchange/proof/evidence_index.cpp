#include "gateway/exchange/proof/evidence_index.h"

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/document/print/csv.h"
#include "gateway/document/print/html_page.h"
#include "gateway/document/print/vietnam_time.h"

namespace gateway::exchange {
namespace {

using document::Node;

constexpr const char* kStyle =
    "body { font-size: 8pt; } td { overflow-wrap: anywhere; } td.digest { font-family: \"DejaVu "
    "Sans Mono\", monospace; font-size: 6.5pt; }";

std::string wordFor(PieceKind kind) {
    switch (kind) {
        case PieceKind::Message: return "Thông điệp đã ký";
        case PieceKind::Receipt: return "Biên nhận";
        case PieceKind::Delivery: return "Văn bản đã chuyển";
        case PieceKind::Answer: break;
    }
    return "Trả lời khi nhận";
}

Node nodeOf(const EvidencePiece& piece) {
    Node node = document::objectNode();
    addText(node, "kind", std::string(model::nameOf(piece.kind)));
    addText(node, "agency", piece.agency);
    addText(node, "id", piece.id);
    addText(node, "type", piece.type);
    addText(node, "case", piece.caseId);
    addText(node, "ruling", piece.ruling);
    addText(node, "at", base::formatTimestamp(piece.at));
    addText(node, "mediaType", piece.mediaType);
    addText(node, "sha256", piece.sha256);
    addText(node, "path", piece.missing.empty() ? piece.path : "");
    addText(node, "signature", piece.signature);
    addText(node, "form", piece.form);
    addText(node, "certificate", piece.certificate);
    addText(node, "missing", piece.missing);
    return node;
}

}  // namespace

std::string evidenceJson(const EvidencePack& pack, const EvidenceQuestion& question) {
    Node root = document::objectNode(), pieces = document::arrayNode("pieces");
    addText(root, "territory", question.territory);
    addText(root, "territoryName", question.territoryName);
    addText(root, "from", base::formatDate(question.from));
    addText(root, "to", base::formatDate(question.to));
    addNumber(root, "cases", static_cast<std::int64_t>(pack.cases));
    addNumber(root, "missing", static_cast<std::int64_t>(pack.missing()));
    for (const auto& piece : pack.pieces) pieces.children.push_back(nodeOf(piece));
    root.children.push_back(std::move(pieces));
    return document::writeJson(root) + "\n";
}

std::string evidenceCsv(const EvidencePack& pack) {
    document::CsvText csv;
    csv.line({"Loại", "Cơ quan", "Mã", "Kiểu", "Vụ việc", "Bản án, quyết định", "Thời điểm",
              "SHA-256", "Tệp", "Chữ ký rời", "Chứng thư", "Thiếu"});
    for (const auto& piece : pack.pieces)
        csv.line({wordFor(piece.kind), piece.agency, piece.id, piece.type, piece.caseId,
                  piece.ruling, document::shortMoment(piece.at), piece.sha256,
                  piece.missing.empty() ? piece.path : "", piece.signature, piece.certificate,
                  piece.missing});
    return csv.text();
}

std::string evidenceHtml(const EvidencePack& pack, const EvidenceQuestion& question) {
    document::HtmlPage page("Hồ sơ chứng cứ điện tử", {.landscape = true, .style = kStyle});
    page.leaf("h1", "HỒ SƠ CHỨNG CỨ ĐIỆN TỬ PHỤC VỤ KIỂM TRA LIÊN NGÀNH");
    page.open("p", {{"class", "sub"}}).text(question.territoryName + ", từ ngày ");
    page.text(base::formatDayMonthYear(question.from) + " đến ngày ");
    page.text(base::formatDayMonthYear(question.to)).lineEnd();
    page.text(std::to_string(pack.cases) + " vụ việc, " + std::to_string(pack.pieces.size()) +
              " tài liệu, trong đó thiếu " + std::to_string(pack.missing()) +
              ". Kiểm tra ngoại tuyến: sh verify.sh");
    page.close().open("table").open("thead");
    page.row({"STT", "Loại", "Cơ quan; mã", "Bản án, quyết định; vụ việc", "Thời điểm (+07:00)",
              "Tệp", "SHA-256"},
             "th");
    page.close().open("tbody");
    std::size_t no = 0;
    for (const auto& piece : pack.pieces) {
        page.open("tr").leaf("td", std::to_string(++no), {{"class", "n"}});
        page.open("td").text(wordFor(piece.kind)).lineEnd().text(piece.type).close();
        page.open("td").text(piece.agency).lineEnd().text(piece.id).close();
        page.open("td").text(piece.ruling).lineEnd().text(piece.caseId).close();
        page.leaf("td", document::shortMoment(piece.at)).open("td");
        if (piece.missing.empty())
            page.leaf("a", piece.path, {{"href", piece.path}});
        else
            page.leaf("b", "THIẾU: " + piece.missing);
        page.close().leaf("td", piece.sha256, {{"class", "digest"}}).close();
    }
    return std::move(page).finish();
}

std::string evidenceLines(const EvidencePack& pack) {
    std::string lines;
    for (const auto& piece : pack.pieces) {
        if (!piece.missing.empty()) continue;
        for (const auto& field :
             {piece.form, piece.path, piece.certificate, piece.signature, piece.root, piece.names})
            lines += (field.empty() ? "-" : field) + "|";
        lines.back() = '\n';
    }
    return lines;
}

}  // namespace gateway::exchange
