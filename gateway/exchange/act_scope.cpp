#include "gateway/exchange/act_scope.h"

#include <string>

#include "gateway/exchange/case_records.h"
#include "gateway/exchange/kind_rules.h"

namespace gateway::exchange {
namespace {

using model::CaseFile;

/// Collects one list for each thing that an act names.
class Scope {
  public:
    explicit Scope(const CaseFile& file) : file_(file), whole_(agenciesOf(file)) {}

    void addObligated(const std::string& agency) {
        const std::string obligated(model::nameOf(CaseRole::Obligated));
        std::vector<store::CaseAgency> agencies;
        for (const auto& entry : whole_)
            if (entry.role != obligated) agencies.push_back(entry);
        if (!agency.empty()) agencies.push_back({agency, obligated});
        scope_.push_back(std::move(agencies));
    }
    void addObligation(std::int64_t no) {
        if (const auto* state = file_.state(no)) addObligated(state->obligatedAgency);
    }
    [[nodiscard]] ActScope taken() && {
        if (scope_.empty()) scope_.push_back(std::move(whole_));
        return std::move(scope_);
    }

  private:
    const CaseFile& file_;
    std::vector<store::CaseAgency> whole_;
    ActScope scope_;
};

template <class Report>
ActScope scopeOfItems(const CaseFile& file, const Report& report) {
    Scope scope(file);
    for (const auto& item : report.items) scope.addObligation(item.obligation);
    return std::move(scope).taken();
}

}  // namespace

ActScope scopeOf(const CaseFile& file, const model::TransferAcknowledgement&) {
    return Scope(file).taken();
}

ActScope scopeOf(const CaseFile& file, const model::VoluntaryNotice& notice) {
    Scope scope(file);
    for (const auto no : notice.obligations) scope.addObligation(no);
    return std::move(scope).taken();
}

ActScope scopeOf(const CaseFile& file, const model::NoticeAcknowledgement& message) {
    Scope scope(file);
    if (const auto* notice = file.notice(message.noticeNumber))
        scope.addObligated(notice->addressee);
    return std::move(scope).taken();
}

ActScope scopeOf(const CaseFile& file, const model::StatusReport& report) {
    return scopeOfItems(file, report);
}

ActScope scopeOf(const CaseFile& file, const model::CompletionReport& report) {
    return scopeOfItems(file, report);
}

}  // namespace gateway::exchange
