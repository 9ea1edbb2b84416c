// Every edge of the state machine of an obligation, and every act that no reading of the law
// allows: short lives in edges.json, each with what its last step must be. The ruling of 03/02/2025
// is in force on 05/03/2025; who receives it on 10/03/2025 has until 09/04/2025.

#include <gtest/gtest.h>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/unit/app/lives.h"

namespace gateway::app {
namespace {

using document::Node;
using namespace lives;

constexpr const char* kRuling =
    R"({"kind":"BA","reference":{"court":"TA.AG","number":"6/2025/HC-ST","issuedOn":"2025-02-03"},
    "instance":"ST","firstInstanceCourt":"TA.AG","effectiveOn":"2025-03-05",
    "parties":[{"role":"plaintiff","name":"Bà Nguyễn Thị Mẫu"},
               {"role":"defendant","name":"Ủy ban nhân dân xã Tân Lập"}],
    "obligations":[{"no":1,"category":"b","text":"nghĩa vụ",
                    "obligatedParty":"Ủy ban nhân dân xã Tân Lập",
                    "obligatedPartyKind":"authority"}]})";

// The ruling with what the row says otherwise.
Node rulingFor(const Node& row) {
    auto ruling = document::readJson(kRuling).value().root;
    ruling.name = "ruling";
    const auto* other = row.child("ruling");
    auto& obligation = ruling.child("obligations")->children.front();
    const auto set = [&](const char* from, Node& object, const char* name) {
        if (other && other->child(from)) object.child(name)->value = text(*other, from);
    };
    set("category", obligation, "category");
    set("kind", obligation, "obligatedPartyKind");
    set("effective", ruling, "effectiveOn");
    if (other && other->child("immediate"))
        ruling.children.push_back(document::booleanNode("immediateEffect", true));
    return ruling;
}

Node playRow(const Node& row) {
    Node input = document::objectNode();
    input.children.push_back(rulingFor(row));
    input.children.push_back(*row.child("acts"));
    const auto asOf = base::parseDate(text(row, "asOf"));
    return playLife(book(), input, asOf);
}

TEST(Edges, AndIllegalActsAreAsTheLawSays) {
    const auto rows = readJsonFile(THAHC_SOURCE_DIR "/tests/unit/app/edges.json");
    ASSERT_GT(rows.children.size(), 100U);
    for (const auto& row : rows.children) {
        SCOPED_TRACE(text(row, "id"));
        const auto played = playRow(row);
        const auto& steps = played.child("steps")->children;
        // The clock may have the last word; the act's verdict is that of the last act.
        const Node* last = nullptr;
        for (const auto& step : steps)
            if (text(step, "act") != "clock") last = &step;
        ASSERT_NE(last, nullptr);
        if (row.child("verdict")) {
            EXPECT_EQ(text(*last, "verdict"), text(row, "verdict")) << document::writeJson(*last);
        }
        if (row.child("reasons")) {
            EXPECT_EQ(texts(*last, "reasons", "code"), texts(row, "reasons"));
        }
        if (row.child("flags")) {
            EXPECT_EQ(texts(*last, "flags", "name"), texts(row, "flags"));
        }
        if (row.child("stage")) {
            EXPECT_EQ(texts(*played.child("state"), "obligations", "stage").front(),
                      text(row, "stage"))
                << document::writeJson(played);
        }
    }
}

// A refusal names what its sender could send instead, and says so in two languages.
TEST(Edges, ARefusalNamesTheLegalActsOfItsSenderAtTheMoment) {
    const auto rows = readJsonFile(THAHC_SOURCE_DIR "/tests/unit/app/edges.json");
    for (const auto& row : rows.children) {
        if (text(row, "id") != "order: g" && text(row, "id") != "minutes 14.3: no order") continue;
        const auto played = playRow(row);
        const auto& last = played.child("steps")->children.back();
        const auto legal = texts(last, "legalActs");
        const bool court = text(row, "id") == "order: g";
        EXPECT_EQ(std::ranges::count(legal, "TransferWithdrawal"), court ? 1 : 0);
        EXPECT_EQ(std::ranges::count(legal, "OfficerAssigned"), court ? 0 : 1);
        EXPECT_EQ(std::ranges::count(legal, "StatusReport"), 0) << "the obligated party's";
        EXPECT_EQ(std::ranges::count(legal, "ProcuracyRequirement"), 0) << "the procuracy's";
        EXPECT_EQ(std::ranges::count(legal, "Publication"), 0) << "no order";
        for (const auto& reason : last.child("reasons")->children) {
            EXPECT_NE(text(reason, "vi"), "");
            EXPECT_NE(text(reason, "en"), "");
        }
    }
}

}  // namespace
}  // namespace gateway::app
