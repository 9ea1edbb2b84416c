#include "gateway/law/reports/differences.h"

#include <algorithm>

#include "gateway/base/time_format.h"

namespace gateway::law::figures {
namespace {

std::string onDay(base::Date day) { return base::formatDayMonthYear(day); }

/// One ruling, as both sides have it.
class Sides {
  public:
    Sides(const FigureBook& book, const RulingHistory& history, const Period& period,
          base::Timestamp cutoff) :
        view_(book, history, period, cutoff),
        period_(period),

        isNew_(view_.holds(book.named("new"))),
        with_(view_.holds(book.named("with-now"))) {
        for (const auto& line : history.listed)
            if (line.knownAt(cutoff) && (!listed_ || line.sentOn < listed_->sentOn))
                listed_ = &line;
        for (const auto& one : history.facts)
            if (one.known.at(cutoff) && one.fact.kind == FactKind::Received &&
                (!received_ || one.fact.on < *received_))
                received_ = one.fact.on;
    }

    std::optional<Difference> difference() const {
        const bool onList = listed_ && period_.holds(listed_->sentOn);
        if (onList && !isNew_) return notReceived();
        if (isNew_ && !onList)
            return listed_
                       ? made(Because::ListedLater,
                              "danh sách của Tòa án ghi gửi ngày " + onDay(listed_->sentOn))
                       : made(Because::NotListed, "đã nhận, không có trong danh sách của Tòa án");
        if (!onList || !isNew_) return std::nullopt;
        if (listed_->monitored && *listed_->monitored != with_)
            return made(Because::OtherContent,
                        std::string("Tòa án ghi ") + (*listed_->monitored ? "có" : "không có") +
                            " nội dung theo dõi, THADS phân loại khác hoặc chưa phân loại");
        const bool judgment = view_.known().ruling.kind == model::RulingKind::Judgment;
        const auto& kind = listed_->kind;
        const bool asJudgment =
            kind == "first-instance" || kind == "appellate" || kind == "voter-list";
        const bool appeal = view_.known().ruling.instance == model::Instance::Appeal;
        if (!kind.empty() &&
            (judgment != asJudgment || (appeal != (kind == "appellate") && judgment)))
            return made(Because::OtherClass, "danh sách của Tòa án ghi loại \"" + kind + "\"");
        return std::nullopt;
    }

  private:
    Difference notReceived() const {
        if (!received_)
            return made(Because::MissingTransfer,
                        "Tòa án gửi ngày " + onDay(listed_->sentOn) + ", THADS chưa nhận");
        if (period_.holds(*received_))
            return made(Because::SentBack, "đã nhận ngày " + onDay(*received_) + " và trả lại");
        return made(Because::ReceivedLater, "Tòa án gửi ngày " + onDay(listed_->sentOn) +
                                                ", THADS nhận ngày " + onDay(*received_));
    }
    Difference made(Because because, std::string vi) const {
        const auto& reference = view_.known().ruling.reference;
        return {view_.history().id, reference.number + " ngày " + onDay(reference.issuedOn),
                reference.court, because, std::move(vi)};
    }

    const RulingView view_;
    const Period& period_;
    const bool isNew_, with_;
    const CourtLine* listed_ = nullptr;
    std::optional<base::Date> received_;
};

}  // namespace

std::vector<Difference> differences(const FigureBook& book,
                                    const std::vector<RulingHistory>& histories,
                                    const Period& period, base::Timestamp cutoff) {
    std::vector<Difference> found;
    for (const auto& history : histories) {
        if (!history.matter.empty()) continue;
        if (auto one = Sides(book, history, period, cutoff).difference())
            found.push_back(*std::move(one));
    }
    std::ranges::sort(found, {}, &Difference::ruling);
    return found;
}

}  // namespace gateway::law::figures
