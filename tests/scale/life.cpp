#include "tests/scale/life.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/exchange/casework/case_roles.h"

namespace gateway::scale {
namespace {

const std::vector<std::string> kNames{"An", "Bình", "Cúc", "Dũng", "Giang", "Hà", "Khoa", "Lan"};
const std::vector<std::string> kSubjects{
    "Khiếu kiện quyết định thu hồi đất", "Khiếu kiện quyết định bồi thường, hỗ trợ, tái định cư",
    "Khiếu kiện hành vi không cấp giấy chứng nhận quyền sử dụng đất",
    "Khiếu kiện quyết định xử phạt vi phạm hành chính",
    "Khiếu kiện quyết định giải quyết khiếu nại"};

model::Category categoryBy(int percent) {
    using enum model::Category;
    if (percent <= 8) return A;
    if (percent <= 45) return B;
    if (percent <= 75) return C;
    if (percent <= 80) return D;
    if (percent <= 88) return DD;
    if (percent <= 90) return E;
    return percent <= 94 ? G : H;
}

}  // namespace

Life::Life(const Country& country, std::uint64_t seed, std::size_t number, base::Date issued,
           Tally& tally) :
    country_(country),
    chance_(seed * 1'000'003 + number),
    number_(number),
    road_(country, number, tally),
    seat_(country.seat(issued, chance_)),
    today_(issued),
    issued_(issued) {}

std::vector<store::Acceptance> Life::live() && {
    auto made = ruling(issued_);
    const int late = chance_.in(8) ? chance_.between(10, 60) : chance_.between(0, 4);
    const int effect = made.effectiveOn ? chance_.between(31, 36) : 0;
    if (made.effectiveOn) made.effectiveOn = base::dayAfter(issued_, effect);
    at(workday(effect + late), [this, made] {
        const auto* court = country_.reference().directory().holderOn(seat_.court, today_);
        if (court && road_.transfer(court->code, made, moment())) transferred();
    });
    while (!agenda_.empty() && agenda_.begin()->first <= kLastDay) {
        auto next = agenda_.extract(agenda_.begin());
        today_ = next.key();
        next.mapped()();
    }
    road_.tickUntil(base::vietnamMidnight(base::dayAfter(kLastDay)));
    return std::move(road_).taken();
}

model::Ruling Life::ruling(Date issued) {
    const bool first = seat_.instance == model::Instance::First;
    model::Ruling made;
    made.kind = model::RulingKind::Judgment;
    const auto year = std::to_string(static_cast<int>(issued.year()));
    made.reference = {seat_.court,
                      std::to_string(number_ + 1) + "/" + year + (first ? "/HC-ST" : "/HC-PT"),
                      {},
                      issued};
    made.instance = seat_.instance;
    made.firstInstanceCourt = seat_.firstInstanceCourt;
    made.subject = chance_.of(kSubjects);
    made.defendantSuperior = seat_.committee;
    if (first) made.effectiveOn = issued;  // its true day follows
    model::Party plaintiff;
    plaintiff.role = model::PartyRole::Plaintiff;
    plaintiff.name = "Bà Nguyễn Thị " + chance_.of(kNames) + " " + std::to_string(number_);
    plaintiff.address = "Tổ " + std::to_string(chance_.between(1, 90)) + ", xã Mẫu";
    made.parties.push_back(plaintiff);
    const int obligations = chance_.in(85) ? 1 : chance_.between(2, 3);
    const auto category = categoryBy(chance_.between(1, 100));
    const bool connected = chance_.in(75);
    for (int no = 1; no <= obligations; ++no) {
        model::Obligation one;
        one.no = no;
        one.category = category;
        one.text = "Thực hiện nhiệm vụ, công vụ đối với hồ sơ số " + std::to_string(number_) + "." +
                   std::to_string(no);
        one.obligatedParty = "Chủ tịch Ủy ban nhân dân xã Mẫu " + std::to_string(number_ % 3321);
        one.obligatedPartyKind = "commune-chairman";
        if (connected) one.obligatedAgency = seat_.committee;
        one.obligatedSuperior = seat_.committee;
        one.entitledParties = {plaintiff.name};
        made.obligations.push_back(one);
    }
    if (category == model::Category::E || category == model::Category::G) {
        made.kind = category == model::Category::G ? model::RulingKind::Decision : made.kind;
        made.immediateEffect = true;
        made.effectiveOn.reset();
    }
    return made;
}

// A working day, so many days from now at the earliest.
base::Date Life::workday(int after) {
    return country_.reference().law().calendar().workingDayFrom(base::dayAfter(today_, after));
}

// Within office hours, after all that was said before.
base::Timestamp Life::moment() {
    const auto wanted = base::vietnamMidnight(today_) + std::chrono::hours(8) +
                        std::chrono::seconds(chance_.between(0, 30'000));
    last_ = std::max(wanted, last_ + std::chrono::minutes(1));
    return last_;
}

std::string Life::agencyFor(Role role) const {
    const auto& directory = country_.reference().directory();
    const auto codes =
        exchange::CaseRoles(country_.reference(), road_.file(), today_).holders(role, 1);
    if (codes.empty()) return {};
    const auto* now = directory.holderOn(codes.front(), today_);
    return now ? now->code : std::string();
}

bool Life::is(std::initializer_list<const char*> categories) const {
    const auto name = model::nameOf(road_.file().ruling.obligations.front().category);
    return std::ranges::find(categories, name) != categories.end();
}

bool Life::has(model::FactKind kind) const {
    return std::ranges::any_of(road_.file().facts, [&](const model::Fact& fact) {
        return fact.kind == kind && !fact.struck;
    });
}

bool Life::ended() const {
    using enum model::FactKind;
    if (has(Completion) || has(Closed) || has(Returned)) return true;
    return std::ranges::any_of(road_.file().facts, [](const model::Fact& fact) {
        return fact.kind == Outcome && fact.code != "kept";
    });
}

std::string Life::numbered(const char* kind) {
    return std::to_string(number_) + "-" + std::to_string(++numbers_) + "/" + kind;
}

// Of all obligations.
std::string Life::numbers() const {
    std::string list;
    for (const auto& one : road_.file().ruling.obligations)
        list += (list.empty() ? "" : ",") + std::to_string(one.no);
    return "[" + list + "]";
}

std::string Life::day(int after) const {
    return "\"" + base::formatDate(base::dayAfter(today_, after)) + "\"";
}

bool Life::sayFor(const std::string& agency, const std::string& type, const std::string& content) {
    return road_.say(agency, type, content, moment());
}

bool Life::say(Role role, const std::string& type, const std::string& content) {
    return sayFor(agencyFor(role), type, content);
}

// By itself, or on paper that the enforcement authority records.
bool Life::obligatedSays(const std::string& type, const std::string& content) {
    const auto own = agencyFor(Role::Obligated);
    if (!own.empty() && chance_.in(80)) return sayFor(own, type, content);
    model::Attachment scan;
    scan.fileName = "ban-giay.pdf";
    scan.mediaType = "application/pdf";
    scan.sha256 = std::string(64, 'a');
    scan.sizeBytes = 200'000;
    const auto wrapped = R"({"type":")" + type + R"(","content":)" + content + R"(,"author":")" +
                         road_.file().ruling.obligations.front().obligatedParty +
                         R"(","formOfReceipt":"post","receivedOn":)" + day() +
                         R"(,"clerk":"Văn thư","reason":"chưa kết nối"})";
    return road_.say(agencyFor(Role::Thads), "RecordedOnBehalf", wrapped, moment(), {scan});
}

}  // namespace gateway::scale
