#include "gateway/app/papers/case_dossier.h"

#include <algorithm>
#include <map>

#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_events.h"

namespace gateway::app {
namespace {

constexpr std::size_t kMattersAtOnce = 100;

bool isPdf(const model::Attachment& file) { return file.mediaType == "application/pdf"; }

class Gathering {
  public:
    Gathering(std::string caseId, const law::LawBook& law, const law::registers::CaseFileForm& form,
              const Agencies& agencies) :
        caseId_(std::move(caseId)), law_(law), form_(form), agencies_(agencies) {}

    void hear(const store::MessageRecord& message, const model::Event& event) {
        if (message.caseId == caseId_) {
            if (!exchange::foldable(made_.file, event))
                throw InputError("case " + event.caseId + " cannot be derived from its messages");
            fold(made_.file, event);
        }
        if (event.decided)
            for (const auto& source : event.decided->struck) strike(source, event);
        const auto& said = event.act;
        const auto type = said ? said->type : std::string(model::actOfEvent(event.type));
        if (type.empty()) return;
        FiledAct act;
        act.type = type;
        act.part = form_.partOf(type);
        act.declaration = law_.act(type);
        act.vi = act.declaration ? act.declaration->vi : type;
        act.by = agencies_.name(event.actor, event.happenedOn);
        act.messageId = event.messageId;
        act.note = event.note;
        act.recordedFor = event.recordedFor;
        if (act.recordedFor)
            act.recordedFor->author = agencies_.name(act.recordedFor->author, event.happenedOn);
        act.signerSha256 = message.signerSha256;
        act.contentSha256 = event.contentSha256;
        act.receiptId = message.receiptId;
        act.happenedOn = event.happenedOn;
        act.recordedAt = event.recordedAt;
        if (said) act.content = std::move(said->content);
        enclose(event.actor, event.ruling ? event.ruling->attachments
                             : said       ? said->attachments
                                          : std::vector<model::Attachment>());
        bySource_[model::sourceOf(event.actor, event.messageId)] = made_.acts.size();
        made_.acts.push_back(std::move(act));
    }
    Dossier take() && { return std::move(made_); }

  private:
    void strike(const std::string& source, const model::Event& event) {
        const auto found = bySource_.find(source);
        if (found != bySource_.end())
            made_.acts[found->second].struckOn = base::vietnamDate(event.recordedAt);
    }
    void enclose(const std::string& agency, const std::vector<model::Attachment>& files) {
        for (const auto& file : files) {
            Enclosure one{made_.acts.size(), agency, file, {}};
            if (!isPdf(file)) one.why = "không phải tệp PDF";
            made_.enclosures.push_back(std::move(one));
        }
    }

    const std::string caseId_;
    const law::LawBook& law_;
    const law::registers::CaseFileForm& form_;
    const Agencies& agencies_;
    Dossier made_;
    std::map<std::string, std::size_t> bySource_;
};

}  // namespace

Dossier dossierOf(store::Cases& cases, const std::string& caseId, const law::LawBook& law,
                  const law::registers::CaseFileForm& form, const Agencies& agencies) {
    const auto record = cases.find(caseId);
    if (!record || !record->subject.empty()) throw InputError("there is no case " + caseId);
    auto messages = cases.messagesOf(caseId);
    std::vector<model::CaseFile> matters;
    const auto filter = exchange::mattersAbout({caseId});
    for (std::string after;;) {
        const auto page = cases.select(filter, after, kMattersAtOnce);
        for (const auto& one : page) {
            for (auto& message : cases.messagesOf(one.caseId))
                messages.push_back(std::move(message));
            matters.push_back(exchange::caseFileOf(one));
        }
        if (page.size() < kMattersAtOnce) break;
        after = page.back().caseId;
    }
    std::ranges::stable_sort(messages, {}, &store::MessageRecord::position);
    Gathering gathering(caseId, law, form, agencies);
    for (const auto& message : messages)
        for (const auto& event : exchange::eventsOf(message)) gathering.hear(message, event);
    auto dossier = std::move(gathering).take();
    dossier.matters = std::move(matters);
    return dossier;
}

}  // namespace gateway::app
