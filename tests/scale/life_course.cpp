// What happens to a ruling after it was transferred.

#include "gateway/base/time_format.h"
#include "tests/scale/life.h"

namespace gateway::scale {

using enum model::FactKind;

void Life::transferred() {
    at(workday(chance_.in(10) ? chance_.between(4, 20) : chance_.between(0, 2)), [this] {
        if (ended()) return;
        say(Role::Thads, "TransferAcknowledgement",
            R"({"registerNumber":")" + numbered("S") + R"(","registeredOn":)" + day() +
                R"(,"receivedOn":)" + day() + R"(,"formOfReceipt":"electronic"})");
    });
    if (chance_.in(1)) {
        at(workday(1), [this] {
            say(Role::Thads, "TransferReturn",
                R"({"reason":"chuyển nhầm","returnedOn":)" + day() + "}");
        });
        return;
    }
    if (is({"h"})) return;
    enforcementBegins();
    delivered();
    supervised();
    followed();
}

void Life::enforcementBegins() {
    at(workday(chance_.between(2, 4)), [this] {
        if (ended()) return;
        say(Role::Thads, "OfficerAssigned",
            R"({"officer":"Chấp hành viên )" + std::to_string(number_ % 17) + R"(","from":)" +
                day() + "}");
        const bool without = chance_.in(6);
        say(Role::Thads, "Classification",
            std::string(R"({"class":")") + (without ? "without-content" : "with-content") +
                R"(","reason":"311.1","decidedOn":)" + day() + "}");
        if (without) return;
        at(workday(chance_.in(10) ? chance_.between(8, 40) : chance_.between(0, 2)),
           [this] { noticed(); });
        choose();
    });
}

void Life::delivered() {
    if (!chance_.in(80)) return;
    const int before = chance_.between(0, 5);
    at(workday(chance_.in(15) ? chance_.between(20, 80) : chance_.between(5, 9)), [this, before] {
        const auto received = base::dayAfter(today_, -before);
        if (received < issued_) return;
        say(Role::CourtFirst, "JudgmentDelivered",
            R"({"deliveries":[{"obligation":1,"receivedOn":")" + base::formatDate(received) +
                R"(","form":"post"}]})");
    });
}

void Life::noticed() {
    if (ended()) return;
    const auto addressee = agencyFor(Role::Obligated);
    notice_ = numbered("TB-THADS");
    const bool atOnce = is({"e", "g"});
    std::string content =
        R"({"number":")" + notice_ + R"(","issuedOn":)" + day() + R"(,"voluntaryTerm":")" +
        (atOnce ? "at-once" : "d30") + R"(","obligations":)" + numbers() +
        R"(,"duties":"Tổ chức thi hành","consequences":"Điều 312, 314","officer":"Chấp hành viên")";
    if (!addressee.empty()) content += R"(,"addressee":")" + addressee + "\"";
    if (!say(Role::Thads, "VoluntaryNotice", content + "}")) return;
    const auto sent = road_.lastMessage();
    if (chance_.in(2))
        at(workday(3), [this, sent] {
            say(Role::Thads, "ActCorrection",
                R"({"act":")" + sent +
                    R"(","changes":[{"field":"duties","is":"Tổ chức thi hành, báo cáo"}],)" +
                    R"("reason":"sai sót"})");
        });
    if (!chance_.in(75)) return;
    at(workday(chance_.between(2, 12)), [this] {
        if (ended()) return;
        obligatedSays("NoticeAcknowledgement",
                      R"({"noticeNumber":")" + notice_ + R"(","receivedOn":)" + day() + "}");
    });
}

void Life::choose() {
    const int chosen = chance_.between(1, 100);
    if (chosen <= 42) return completes(chance_.between(8, 30));
    if (chosen <= 60) {
        lingers(chance_.between(1, 4));
        return completes(chance_.between(45, 400));
    }
    if (chosen <= 85 && is({"a", "b", "c", "d", "dd"})) {
        at(workday(chance_.between(45, 120)), [this] { compelled(); });
        return lingers(chance_.between(1, 3));
    }
    if (chosen <= 92 && !is({"e"})) {
        at(workday(chance_.between(30, 200)), [this] { protested(); });
        return lingers(2);
    }
    lingers(chance_.between(6, 30));
    if (chance_.in(60)) completes(chance_.between(400, 1500));
}

void Life::completes(int after) {
    at(workday(after), [this] {
        if (ended()) return;
        const char* minutes = is({"c"})        ? "17.1"
                              : is({"d"})      ? "18.1-stopped"
                              : is({"e", "g"}) ? "19.1"
                                               : nullptr;
        if (minutes && chance_.in(95))
            say(Role::Thads, "Minutes",
                std::string(R"({"kind":")") + minutes + R"(","number":")" + numbered("BB") +
                    R"(","madeOn":)" + day() + R"(,"officer":"Chấp hành viên"})");
        std::string items;
        for (const auto& one : road_.file().ruling.obligations)
            items += (items.empty() ? "" : ",") + std::string(R"({"obligation":)") +
                     std::to_string(one.no) + R"(,"completedOn":)" + day() +
                     R"(,"text":"Đã thi hành xong"})";
        if (!obligatedSays("CompletionReport", R"({"number":")" + numbered("BC-UBND") +
                                                   R"(","reportedOn":)" + day() + R"(,"items":[)" +
                                                   items + "]}"))
            return;
        if (has(Published))
            at(workday(chance_.in(20) ? chance_.between(3, 15) : 1), [this] {
                say(Role::Thads, "Unpublication",
                    R"({"portal":"thads-page","removedOn":)" + day() + R"(,"reason":"30.3"})");
            });
        if (chance_.in(75))
            at(workday(chance_.between(20, 60)), [this] {
                if (road_.file().stage() != model::Stage::Completed) return;
                say(Role::Thads, "CaseClosed",
                    R"({"action":"closed","on":)" + day() + R"(,"reason":"14.7"})");
            });
    });
}

void Life::compelled() {
    if (ended()) return;
    const auto entitled = road_.file().ruling.parties.front().name;
    say(Role::CourtFirst, "CompelRequest",
        R"({"entitled":")" + entitled + R"(","requestDate":)" + day(-2) + R"(,"receivedByCourt":)" +
            day() + R"(,"form":"post"})");
    at(workday(chance_.in(15) ? chance_.between(15, 40) : chance_.between(4, 9)), [this, entitled] {
        if (ended()) return;
        order_ = numbered("QĐ-THA");
        if (say(Role::CourtFirst, "CompelOrder",
                R"({"number":")" + order_ + R"(","issuedOn":)" + day() + R"(,"entitled":")" +
                    entitled + R"(","content":"Buộc thi hành bản án"})"))
            ordered();
    });
}

void Life::ordered() {
    const auto ordered = day();
    at(workday(3), [this] {
        for (const char* role : {"obligated", "superior"})
            say(Role::CourtFirst, "JudgmentDelivered",
                R"({"deliveries":[{"obligation":1,"receivedOn":)" + day() +
                    R"(,"document":"order","role":")" + role + R"(","form":"post"}]})");
    });
    at(workday(chance_.in(15) ? chance_.between(9, 20) : 4), [this, ordered] {
        if (ended()) return;
        say(Role::Thads, "Publication",
            R"({"portal":"thads-page","publishedOn":)" + day() +
                R"(,"obligatedName":"Chủ tịch UBND xã Mẫu","obligatedAddress":"xã Mẫu",)" +
                R"("orderNumber":")" + order_ + R"(","orderIssuedOn":)" + ordered +
                R"(,"orderCourt":"Tòa án nhân dân","obligationText":"Thi hành bản án"})");
    });
    at(workday(chance_.in(20) ? chance_.between(5, 20) : 4), [this] {
        if (!ended())
            say(Role::Superior, "SuperiorDirective",
                R"({"kind":"13.1","number":")" + numbered("UBND-NC") + R"(","issuedOn":)" + day() +
                    R"(,"orderReceivedOn":)" + day(-1) + R"(,"text":"Yêu cầu thi hành xong"})");
    });
    at(workday(chance_.between(5, 14)), [this] {
        if (!ended())
            say(Role::Thads, "Minutes",
                R"({"kind":"14.3","number":")" + numbered("BB") + R"(","madeOn":)" + day() +
                    R"(,"officer":"Chấp hành viên"})");
    });
    if (chance_.in(70)) return completes(chance_.between(15, 300));
    at(workday(chance_.between(40, 90)), [this] {
        if (ended()) return;
        say(Role::Thads, "OfficerFinding",
            R"({"finding":"non-compliant","intent":"cố ý","basis":"biên bản","madeOn":)" + day() +
                R"(,"officer":"Chấp hành viên"})");
        const auto number = numbered("KN-THADS");
        say(Role::Thads, "LiabilityRecommendation",
            R"({"number":")" + number + R"(","issuedOn":)" + day() +
                R"(,"addressee":"Chủ tịch UBND tỉnh","against":"Chủ tịch UBND xã Mẫu",)" +
                R"("finding":"biên bản","measures":"Xử lý trách nhiệm"})");
        at(workday(chance_.between(10, 45)), [this, number] {
            say(Role::Superior, "RecommendationReply",
                R"({"number":")" + numbered("UBND") + R"(","issuedOn":)" + day() +
                    R"(,"recommendation":")" + number +
                    R"(","result":"accepted","measures":"Đã kiểm điểm"})");
        });
    });
    lingers(chance_.between(3, 12));
}

void Life::protested() {
    if (ended()) return;
    const auto number = numbered("KN-HC");
    sayFor("D01", "Protest",
           R"({"number":")" + number + R"(","issuedOn":)" + day() +
               R"(,"kind":"cassation","action":"lodged"})");
    if (chance_.in(50))
        sayFor("D01", "Postponement",
               R"({"number":")" + numbered("HTHA") + R"(","issuedOn":)" + day() + R"(,"from":)" +
                   day() + R"(,"until":)" + day(80) + "}");
    else
        sayFor("D01", "Suspension",
               R"({"number":")" + numbered("TĐC") + R"(","issuedOn":)" + day() + R"(,"from":)" +
                   day() + R"(,"protest":")" + number + "\"}");
    at(workday(chance_.between(40, 150)), [this] {
        if (ended()) return;
        const int chosen = chance_.between(1, 100);
        const char* outcome = chosen <= 50   ? "272.1"
                              : chosen <= 60 ? "272.2"
                              : chosen <= 80 ? "272.3"
                              : chosen <= 90 ? "272.4"
                                             : "272.5";
        sayFor("D01", "CassationDecision",
               R"({"number":")" + numbered("HC-GĐT") + R"(","issuedOn":)" + day() +
                   R"(,"outcome":")" + outcome +
                   R"(","keptRuling":"bản án sơ thẩm","newObligations":"như bản án mới"})");
        if (!ended()) completes(chance_.between(20, 300));
    });
}

// Urged, reported on and looked at month after month.
void Life::lingers(int months) {
    for (int month = 1; month <= months; ++month)
        at(workday(35 + 30 * month), [this] {
            if (ended()) return;
            const auto stage = model::nameOf(road_.file().stage());
            const bool over = stage == "VOLUNTARY_ENDED" || stage == "OVERDUE" ||
                              stage == "COMPELLED" || stage == "NON_COMPLIANT";
            if (over && chance_.in(30))
                say(Role::Thads, "UrgingLetter",
                    R"({"number":")" + numbered("CV-THADS") + R"(","issuedOn":)" + day() +
                        R"(,"answerBy":)" + day(15) + R"(,"asks":"progress"})");
            if (chance_.in(40))
                obligatedSays("StatusReport",
                              R"({"number":")" + numbered("BC-UBND") + R"(","reportedOn":)" +
                                  day() +
                                  R"(,"items":[{"obligation":1,"progress":"partly","cause":)" +
                                  R"("chờ đo đạc","text":"Đang thực hiện"}]})");
            else if (chance_.in(40))
                say(Role::Thads, "ProgressNote",
                    R"({"month":")" + base::formatDate(today_).substr(0, 7) + R"(","notedOn":)" +
                        day() + R"(,"progress":"partly","cause":"khách quan"})");
        });
}

// Who owes on 01/07/2025 may be somebody else from that day on.
void Life::followed() {
    constexpr base::Date merger = std::chrono::year(2025) / 7 / 1;
    if (!(today_ < merger) || !chance_.in(60)) return;
    const auto on = base::dayAfter(merger, chance_.between(5, 60));
    at(country_.reference().law().calendar().workingDayFrom(on), [this] {
        const auto& directory = country_.reference().directory();
        const auto& before = road_.file().ruling.obligations.front().obligatedAgency;
        if (ended() || before.empty() || directory.find(before, today_)) return;
        const auto* now = directory.holderOn(before, today_);
        if (!now) return;
        say(Role::Thads, "ObligorSuccession",
            R"({"from":")" + before + R"(","to":")" + now->code +
                R"(","effectiveOn":"2025-07-01","document":"Nghị quyết 202/2025/QH15",)" +
                R"("newSuperior":")" + now->code + "\"}");
        at(workday(chance_.between(1, 4)), [this] { noticed(); });
    });
}

void Life::supervised() {
    if (!chance_.in(6)) return;
    at(workday(chance_.between(20, 200)), [this] {
        const auto number = numbered("YC-VKS");
        const bool asked =
            say(Role::ProcuracyFirst, "ProcuracyRequirement",
                R"({"kind":"b","number":")" + number + R"(","issuedOn":)" + day() +
                    R"(,"addressee":")" + agencyFor(Role::Thads) + R"(","asks":"Cung cấp hồ sơ"})");
        if (!asked) return;
        at(workday(chance_.in(15) ? chance_.between(16, 40) : chance_.between(3, 12)),
           [this, number] {
               say(Role::Thads, "ProcuracyRequirementAnswer",
                   R"({"requirement":")" + number + R"(","number":")" + numbered("CV") +
                       R"(","issuedOn":)" + day() + R"(,"result":"done"})");
           });
    });
}

}  // namespace gateway::scale
