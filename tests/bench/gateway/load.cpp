#include "tests/bench/gateway/load.h"

#include "gateway/base/encoding.h"
#include "tests/scenario/support/facts.h"

namespace gateway::bench {
namespace {

constexpr std::size_t kLargestText = 32U * 1024;

std::string textOf(Form form, const model::Message& message) {
    return form == Form::Xml ? scenario::xmlOf(message) : scenario::jsonOf(message);
}

}  // namespace

std::string requestOf(const std::string& path, const scenario::Signed& message) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + message.mediaType +
           "\r\nContent-Length: " + std::to_string(message.body.size()) + "\r\n\r\n" + message.body;
}

std::string Kind::name() const {
    return std::string(form == Form::Xml ? "XML " : "JSON") + (rsa ? " RSA-2048" : " P-256   ");
}

void enrol(scenario::World& world) {
    for (const auto& code : {scenario::kCourt, scenario::kOtherCourt, scenario::kEnforcement,
                             scenario::kProcuracy, scenario::kCommittee}) {
        scenario::Enrolment enrolment;
        enrolment.agency = code;
        if (code == scenario::kCourt) enrolment.carriesAlso = {scenario::kOtherCourt};
        if (code == scenario::kOtherCourt) enrolment.algorithm = trust::DemoAlgorithm::Rsa2048;
        world.enrol(enrolment);
    }
}

Load::Load(const scenario::World& world) :
    p256_(world, scenario::kCourt), rsa_(world, scenario::kOtherCourt) {}

model::Message Load::transfer(const Kind& kind, const scenario::Agency& court) {
    auto payload = scenario::transferOf(std::to_string(++numbers_) + "/2026/HC-ST");
    payload.ruling.reference.court = court.code();
    auto message = court.message(payload);
    const std::size_t wanted = kind.kibibytes * 1024;
    const std::size_t bare = textOf(kind.form, message).size();
    const std::size_t missing = wanted > bare ? wanted - bare : 0;
    auto& ruling = std::get<model::JudgmentTransfer>(message.payload).ruling;
    if (wanted <= kLargestText) {
        constexpr std::string_view kSentence = " Buộc thực hiện nhiệm vụ theo quy định pháp luật.";
        auto& text = ruling.obligations.front().text;
        while (text.size() + kSentence.size() < missing) text += kSentence;
    } else {
        model::Attachment file;
        file.fileName = "ban-an.pdf";
        file.mediaType = "application/pdf";
        file.content = base::toBase64(std::string(missing * 3 / 4, 'a'));
        ruling.attachments.push_back(std::move(file));
    }
    return message;
}

std::vector<Prepared> Load::make(const Kind& kind, std::size_t count) {
    const auto& court = kind.rsa ? rsa_ : p256_;
    std::vector<Prepared> load;
    load.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        Prepared one;
        one.message = transfer(kind, court);
        one.sent = kind.form == Form::Xml ? court.xml(one.message) : court.json(one.message);
        one.request = requestOf("/v1/messages", one.sent);
        load.push_back(std::move(one));
    }
    return load;
}

}  // namespace gateway::bench
