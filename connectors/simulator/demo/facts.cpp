#include "connectors/simulator/demo/facts.h"

#include <algorithm>

#include "connectors/simulator/stage/child_process.h"
#include "connectors/simulator/stage/members.h"
#include "gateway/base/encoding.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"

namespace gateway::simulator {
namespace {

using document::Node;

bool truth(const Node& node, const char* name) { return text(node, name) == "true"; }

NoticeFact noticeOf(const Node& node, const Node& texts) {
    NoticeFact notice;
    notice.addressee = text(node, "addressee");
    for (const auto& no : member(node, "obligations").children)
        notice.obligations.push_back(wholeNumber(no));
    const auto& words = member(texts, text(node, "term").c_str());
    notice.voluntaryTerm = text(words, "voluntaryTerm");
    notice.duties = text(words, "duties");
    notice.consequences = text(words, "consequences");
    return notice;
}

AnswerFact answerOf(const Node& node) {
    AnswerFact answer;
    answer.agency = text(node, "agency");
    answer.obligation = wholeNumber(member(node, "obligation"));
    const auto progress = model::valueOf<model::Progress>(text(node, "progress"));
    if (!progress) throw base::Fault("no such progress: " + text(node, "progress"));
    answer.progress = *progress;
    answer.text = text(node, "text");
    answer.minutes = truth(node, "minutes");
    return answer;
}

RulingFact factOf(const Node& node, const Node& texts) {
    RulingFact fact;
    fact.id = text(node, "id");
    fact.sender = text(node, "sender");
    fact.numberNormalised = text(node, "numberNormalised");
    fact.dateAsTyped = text(node, "dateAsTyped");
    fact.enforcement = text(node, "enforcement");
    fact.procuracy = text(node, "procuracy");
    fact.province = text(node, "province");
    fact.monitored = truth(node, "monitored");
    fact.notMonitoredReason = text(node, "notMonitoredReason");
    auto ruling = mapping::fromNode<model::Ruling>(member(node, "ruling"));
    if (!ruling) throw base::Fault(fact.id + ": " + base::render(ruling.error().front()).en);
    fact.ruling = std::move(ruling).value();
    for (const auto& file : member(node, "files").children) {
        if (truth(file, "maySend"))
            fact.files.push_back(
                {text(file, "fileName"), text(file, "mediaType"),
                 static_cast<std::size_t>(wholeNumber(member(file, "sizeKiB"))) * 1024});
        else
            fact.withheld.push_back(text(file, "fileName"));
    }
    for (const auto& notice : member(node, "notices").children)
        fact.notices.push_back(noticeOf(notice, texts));
    for (const auto& answer : member(node, "answers").children)
        fact.answers.push_back(answerOf(answer));
    return fact;
}

// A PDF that a reader opens, with a comment as filling.
std::string pdfOf(const std::string& title, std::size_t bytes) {
    std::string pdf =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n% " +
        title + "\n";
    const std::string end = "\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    std::size_t line = 0;
    while (pdf.size() + end.size() < bytes) {
        const auto left = bytes - pdf.size() - end.size();
        auto filling = "% trang " + std::to_string(++line) + "\n";
        pdf += filling.substr(0, left);
    }
    return pdf + end;
}

}  // namespace

std::vector<AnswerFact> RulingFact::answersOf(const std::string& agency) const {
    std::vector<AnswerFact> own;
    std::copy_if(answers.begin(), answers.end(), std::back_inserter(own),
                 [&](const AnswerFact& answer) { return answer.agency == agency; });
    return own;
}

std::string RulingFact::finalStage() const {
    if (notices.empty()) return "NOT_MONITORED";
    const bool allDone = std::all_of(answers.begin(), answers.end(), [](const auto& answer) {
        return answer.progress == model::Progress::Done;
    });
    return allDone ? "COMPLETED" : "OVERDUE";  // the terms of all are over
}

std::vector<RulingFact> loadFacts(const std::filesystem::path& file) {
    const auto tree = document::readJson(contentsOf(file));
    if (!tree) throw base::Fault(file.string() + ": " + base::render(tree.error()).en);
    const auto& texts = member(tree->root, "noticeTexts");
    std::vector<RulingFact> facts;
    for (const auto& node : member(tree->root, "rulings").children)
        facts.push_back(factOf(node, texts));
    return facts;
}

model::Ruling withFiles(const RulingFact& fact) {
    auto ruling = fact.ruling;
    for (const auto& file : fact.files) {
        const auto bytes = pdfOf(fact.id + " " + file.fileName, file.bytes);
        model::Attachment attachment;
        attachment.fileName = file.fileName;
        attachment.mediaType = file.mediaType;
        attachment.sha256 = document::sha256(bytes).hex();
        attachment.sizeBytes = static_cast<std::int64_t>(bytes.size());
        attachment.content = base::toBase64(bytes);
        ruling.attachments.push_back(std::move(attachment));
    }
    return ruling;
}

}  // namespace gateway::simulator
