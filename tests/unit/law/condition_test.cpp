#include "gateway/law/conditions/condition.h"

#include <gtest/gtest.h>

#include "gateway/base/time_format.h"
#include "gateway/law/conditions/scene.h"

namespace gateway::law {
namespace {

using base::Date;

Date day(const char* text) { return *base::parseDate(text); }

class Conditions : public ::testing::Test {
  protected:
    Conditions() {
        ruling_.reference.issuedOn = day("2025-02-03");
        ruling_.instance = model::Instance::First;
        obligation_.no = 1;
        obligation_.category = model::Category::C;
        put(FactKind::Notice, "2025-03-10");
        facts_.back().party = "17.2";
        put(FactKind::Minutes, "2025-04-01", "14.3");
        put(FactKind::Minutes, "2025-04-05", "17.2");
        put(FactKind::Finding, "2025-04-06", "slow");
        put(FactKind::Finding, "2025-04-08", "revoked");
        terms_["a-term"] = {day("2025-04-09"), true, true};
        content_ = document::objectNode();
        addText(content_, "issuedOn", "2025-04-10");
        addText(content_, "kind", "17.2");
        auto list = document::arrayNode("sentTo");
        auto item = document::objectNode();
        addText(item, "role", "thads");
        list.children.push_back(item);
        content_.children.push_back(list);
    }
    void put(FactKind kind, const char* on, const char* code = "") {
        Fact fact;
        fact.kind = kind;
        fact.on = day(on);
        fact.code = code;
        fact.source = "m" + std::to_string(facts_.size());
        facts_.push_back(fact);
    }
    bool holds(const std::string& text) {
        const FactsInForce facts(facts_, 1);
        Scene scene;
        scene.ruling = &ruling_;
        scene.obligation = &obligation_;
        scene.groups = &groups_;
        scene.facts = &facts;
        scene.terms = &terms_;
        scene.calendar = &calendar_;
        scene.today = day("2025-04-10");
        scene.stage = "VOLUNTARY";
        scene.content = &content_;
        return words_.condition(text).holds(scene);
    }
    std::string problem(const std::string& text) {
        try {
            static_cast<void>(words_.condition(text));
        } catch (const std::invalid_argument& bad) {
            return bad.what();
        }
        return "read";
    }

    model::Ruling ruling_;
    model::Obligation obligation_;
    std::vector<Fact> facts_;
    std::map<std::string, TermState, std::less<>> terms_;
    std::set<std::string, std::less<>> groups_{"agency"};
    Calendar calendar_{"1", {}, {}};
    document::Node content_;
    std::map<std::string, Condition, std::less<>> definitions_;
    std::set<std::string, std::less<>> termIds_{"a-term"}, stages_{"VOLUNTARY", "OVERDUE"},
        known_{"agency", "top"}, fields_{"issuedOn", "kind", "sentTo", "role", "receivedOn"};
    Words words_{&definitions_, &termIds_, &stages_, &known_, &fields_};
};

TEST_F(Conditions, HoldAsTheyAreRead) {
    definitions_["worked"] = words_.condition("minutes in (14.3)");
    for (const char* text : {"always",
                             "",
                             "notice",
                             "not order",
                             "minutes in (14.3 18.2)",
                             "worked",
                             "latest finding in (revoked)",
                             "category in (c d)",
                             "party in (agency)",
                             "instance in (ST)",
                             "stage in (VOLUNTARY)",
                             "passed a-term",
                             "field kind in (17.2)",
                             "field issuedOn",
                             "any sentTo role in (thads)",
                             "notice.on > ruling.issued",
                             "notice.on = notice.on",
                             "field:issuedOn <= today",
                             "minutes(14.3).on < minutes.on",
                             "due(a-term) < today",
                             "later(notice.on minutes.on) = minutes.on",
                             "earlier(notice.on minutes.on) = notice.on",
                             "first(order.on notice.on) = notice.on",
                             "after(minutes minutes(14.3).on) = minutes(17.2).on",
                             "since(minutes(14.3) minutes(14.3).on) = minutes(14.3).on",
                             "soonest(minutes.on order.on notice.on) = notice.on",
                             "minutes newer notice",
                             "same notice kind",
                             "notice newer order",
                             "not order newer notice",
                             "notice.on + 2 working-day = notice.on + 2 day",
                             "order or notice and minutes",
                             "(order or notice) and not (order and notice)"})
        EXPECT_TRUE(holds(text)) << text;
    for (const char* text :
         {"order", "not notice", "minutes in (18.2)", "latest finding in (slow)", "category in (a)",
          "party in (top)", "instance in (PT)", "stage in (OVERDUE)", "field kind in (14.3)",
          "any sentTo role in (thads) with receivedOn", "any sentTo role in (court)",
          "order.on > notice.on", "not order and order", "same minutes kind",
          "notice and order or order", "notice.on >= minutes.on"})
        EXPECT_FALSE(holds(text)) << text;
}

TEST_F(Conditions, WhatIsNotKnownComparesWithNothing) {
    EXPECT_FALSE(holds("order.on <= today"));
    EXPECT_FALSE(holds("order.on > today"));
    EXPECT_FALSE(holds("later(order.on notice.on) >= notice.on"));
    EXPECT_FALSE(holds("field:receivedOn = today"));
    EXPECT_FALSE(holds("notice.until >= notice.on"));
}

TEST_F(Conditions, SayWhichWordIsWrong) {
    const std::pair<const char*, const char*> rows[] = {
        {"notise", "unknown word notise"},
        {"category in (x)", "unknown category x"},
        {"party in (king)", "unknown group king"},
        {"stage in (NEVER)", "unknown stage NEVER"},
        {"passed b-term", "unknown term b-term"},
        {"field color", "the act has no field color"},
        {"field:color < today", "the act has no field color"},
        {"notice.on", "too early"},
        {"notice.on ~ today", "compares nothing"},
        {"notice.when < today", "a fact has no day \".when\""},
        {"(notice", "\")\" expected"},
        {"notice order", "not understood from \"order\""},
        {"minutes in ()", "an empty list"},
        {"notice.on + x day < today", "is no length"},
        {"notice.on + 2 weeks < today", "is no length"},
        {"not", "too early"}};
    for (const auto& [text, words] : rows)
        EXPECT_NE(problem(text).find(words), std::string::npos) << text << ": " << problem(text);
    words_.fields = nullptr;
    EXPECT_NE(problem("field kind").find("there is no act"), std::string::npos);
}

}  // namespace
}  // namespace gateway::law
