// What holds of every case on the real road, whatever happens in it: random lives with a seed that
// is printed (stage machine, property 2: rebuild is what has been kept step by step).
#include <array>
#include <random>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/acts/case_clock.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";
constexpr unsigned kSeed = 20260302;
constexpr unsigned kLives = 40;
constexpr int kSteps = 14;
constexpr std::array kCategories{model::Category::A, model::Category::B, model::Category::C,
                                 model::Category::E, model::Category::G};

struct Sent {
    const scenario::Agency* by;
    std::string id;
};

/// One house, one case, and what chance makes of it.
class Life {
  public:
    explicit Life(unsigned seed) : random_(seed) {}

    void begin() {
        auto transfer = scenario::transferOf(
            kNumber, kCategories.at(static_cast<std::size_t>(below(kCategories.size()))));
        if (below(2) == 0) transfer.ruling.obligations.front().obligatedAgency.clear();
        ASSERT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    }
    void step() {
        switch (below(6)) {
            case 0: tick(); break;
            case 1: takeBack(); break;
            default: speak(); break;
        }
    }
    void expectRebuilt() {
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        ASSERT_TRUE(report.clean()) << report.differences.front();
    }
    /// The events folded anew, without what the store has kept of them.
    [[nodiscard]] std::string refolded() {
        model::CaseFile file;
        for (const auto& message :
             house.store.cases().messagesOf(house.caseNumbered(kNumber).caseId)) {
            for (const auto& event : eventsOf(message)) fold(file, event);
            file.version = message.caseVersion;
        }
        return recordOf(file).snapshot;
    }
    [[nodiscard]] std::string kept() { return house.caseNumbered(kNumber).snapshot; }
    int accepted = 0, struck = 0, ticks = 0;

  private:
    int below(std::size_t most) {
        return std::uniform_int_distribution<int>(0, static_cast<int>(most) - 1)(random_);
    }
    [[nodiscard]] std::string day(std::size_t most) {
        const auto now = std::chrono::sys_days(base::vietnamDate(house.clock.now()));
        return base::formatDate(base::Date(now - std::chrono::days(below(most))));
    }
    void tick() {
        house.clock.advance(24h * (1 + below(25)));
        CaseClock({"thahc", "test"}, house.snapshots, house.ledger, house.store.cases(), house.bell,
                  house.clock)
            .tick();
        ++ticks;
    }
    [[nodiscard]] std::pair<const scenario::Agency*, std::string> anyAct(std::string& type) {
        const std::array<std::tuple<const scenario::Agency*, const char*, std::string>, 9> acts{{
            {&house.court, "JudgmentDelivered",
             R"({"deliveries":[{"obligation":1,"receivedOn":")" + day(60) +
                 R"(","form":"post"}]})"},
            {&house.court, "CompelOrder",
             R"({"number":"1/QĐ","issuedOn":")" + day(3) + R"(","obligations":[1]})"},
            {&house.enforcement, "OfficerAssigned",
             R"({"officer":"Bà Mẫu","from":")" + day(9) + R"("})"},
            {&house.enforcement, "TransferAcknowledgement",
             R"({"registerNumber":"7/2026","registeredOn":")" + day(1) + R"(","receivedOn":")" +
                 day(1) + R"(","formOfReceipt":"post"})"},
            {&house.enforcement, "VoluntaryNotice",
             R"({"number":"TB-1","issuedOn":")" + day(2) +
                 R"(","voluntaryTerm":"d30","duties":"x","consequences":"y",)" +
                 R"("addressee":"H21.X1","obligations":[1]})"},
            {&house.committee, "StatusReport",
             R"({"number":"1/BC","reportedOn":")" + day(2) +
                 R"(","items":[{"obligation":1,"progress":"partly","text":"x"}]})"},
            {&house.committee, "CompletionReport",
             R"({"number":"2/BC","reportedOn":")" + day(1) +
                 R"(","items":[{"obligation":1,"completedOn":")" + day(20) + R"("}]})"},
            {&house.procuracy, "ProcuracyRequirement",
             R"({"kind":"a","number":"5/YC","issuedOn":")" + day(2) +
                 R"(","addressee":"G15.90.21","asks":"x"})"},
            {&house.enforcement, "RecordedOnBehalf",
             R"({"type":"StatusReport","content":{"number":"3/BC","reportedOn":")" + day(9) +
                 R"(","items":[{"obligation":1,"progress":"not-started","text":"x"}]},)" +
                 R"("author":"H21.X1","formOfReceipt":"oral","receivedOn":")" + day(5) +
                 R"(","clerk":"Bà Mẫu","reason":"x"})"},
        }};
        auto [by, name, content] = acts.at(static_cast<std::size_t>(below(acts.size())));
        type = name;
        return {by, content};
    }
    void say(const scenario::Agency& by, const std::string& type, const std::string& content) {
        model::DeclaredAct act;
        act.type = type;
        act.caseReference = scenario::caseOf(kNumber);
        act.content = document::readJson(content).value().root;
        const auto message = house.message(by, act);
        if (house.send(by, by.json(message)).verdict() != "accepted") return;
        ++accepted;
        if (type == "ActWithdrawal" || type == "ActCorrection")
            ++struck;
        else
            sent_.push_back({&by, message.envelope.id});
    }
    void speak() {
        std::string type;
        const auto [by, content] = anyAct(type);
        say(*by, type, content);
    }
    void takeBack() {
        if (sent_.empty()) return;
        const auto& one = sent_.at(static_cast<std::size_t>(below(sent_.size())));
        if (below(2) == 0)
            say(*one.by, "ActWithdrawal", R"({"act":")" + one.id + R"(","reason":"x"})");
        else
            say(*one.by, "ActCorrection",
                R"({"act":")" + one.id + R"(","changes":[{"field":"number","is":"9/SĐ"}],)" +
                    R"("reason":"x"})");
    }

    std::mt19937 random_;
    std::vector<Sent> sent_;

  public:
    House house;
};

TEST(RoadLives, AreKeptStepByStepAsTheirMessagesMakeThemAnew) {
    int accepted = 0, struck = 0, ticks = 0;
    for (unsigned seed = kSeed; seed < kSeed + kLives; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Life life(seed);
        ASSERT_NO_FATAL_FAILURE(life.begin());
        for (int step = 0; step < kSteps; ++step) {
            life.step();
            ASSERT_EQ(life.refolded(), life.kept()) << "after step " << step;
        }
        ASSERT_NO_FATAL_FAILURE(life.expectRebuilt());
        accepted += life.accepted;
        struck += life.struck;
        ticks += life.ticks;
    }
    EXPECT_GT(accepted, static_cast<int>(kLives) * 3) << "or nothing was shown";
    EXPECT_GT(struck, static_cast<int>(kLives) / 4);
    EXPECT_GT(ticks, static_cast<int>(kLives));
}

}  // namespace
}  // namespace gateway::exchange::fixture
