// Every name of every province's bodies, as people write it, on both sides of the merger.

#include "gateway/exchange/reference/agency_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "gateway/document/lookalikes.h"
#include "gateway/document/text.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange {
namespace {

using namespace fixture;
using model::Agency;
using model::AgencyKind;
using testing::HasSubstr;

using Texts = std::vector<std::string>;

const ReferenceData& data() {
    static const auto loaded = projectData();
    return *loaded;
}

std::string replaced(std::string text, const std::string& good, const std::string& bad) {
    const auto at = text.find(good);
    return at == std::string::npos ? text : text.replace(at, good.size(), bad);
}

void addEach(Texts& texts, const std::string& good, const Texts& bad) {
    for (std::size_t i = 0, size = texts.size(); i < size; ++i)
        for (const auto& other : bad)
            if (auto made = replaced(texts[i], good, other); made != texts[i])
                texts.push_back(std::move(made));
}

/// As people write the provinces whose names are spelt in more than one way.
const std::map<std::string, Texts> kProvinces = {
    {"Hoà Bình", {"Hòa Bình"}},
    {"Hòa Bình", {"Hoà Bình", "Ho\u0300a Bi\u0300nh"}},
    {"Khánh Hòa", {"Khánh Hoà"}},
    {"Thanh Hóa", {"Thanh Hoá"}},
    {"Đắk Lắk", {"Đăk Lăk", "Đắc Lắc", "Daklak", "Dak Lak", "Đắk Lăk", "Đăklăk", "ĐẮK LẮK"}},
    {"Đắk Nông", {"Đắc Nông", "Đăk Nông", "Daknong"}},
    {"Bắc Kạn", {"Bắc Cạn"}},
    {"Thành phố Hồ Chí Minh", {"TP.HCM", "TPHCM", "TP. Hồ Chí Minh", "TP HCM", "Tp.Hcm", "HCM"}},
    {"Thừa Thiên Huế", {"Thừa Thiên - Huế", "Thừa Thiên-Huế", "TT-Huế", "TT Huế", "T.T. Huế"}},
    {"Bà Rịa - Vũng Tàu",
     {"Bà Rịa-Vũng Tàu", "BR-Vũng Tàu", "BRVT", "BR-VT", "Bà Rịa – Vũng Tàu", "Bà Rịa Vũng Tàu"}},
    {"Kon Tum", {"Kontum", "Công Tum"}}};

const std::map<AgencyKind, std::pair<std::string, Texts>> kBodies = {
    {AgencyKind::PeoplesCommittee, {"Ủy ban nhân dân", {"UBND", "Uỷ ban nhân dân", "ubnd"}}},
    {AgencyKind::Court, {"Tòa án nhân dân", {"TAND", "Toà án nhân dân", "Tòa án"}}},
    {AgencyKind::Procuracy, {"Viện kiểm sát nhân dân", {"VKSND", "VKS", "Viện KSND"}}},
    {AgencyKind::Enforcement,
     {"Thi hành án dân sự", {"THADS", "Cục Thi hành án dân sự", "Cục THADS"}}}};

/// Everything that may be written for the body of that kind of a province called so.
Texts written(AgencyKind kind, const std::string& province) {
    const auto& [body, shorter] = kBodies.at(kind);
    Texts texts{body + " " + province};
    texts.front() = replaced(replaced(texts.front(), " Tỉnh ", " tỉnh "), " Thành ", " thành ");
    for (const auto& [name, others] : kProvinces)
        if (province.ends_with(name)) {
            Texts rest;
            for (const auto& other : others) rest.push_back(other);
            addEach(texts, name.starts_with("Thành") ? "thành" + name.substr(5) : name, rest);
        }
    addEach(texts, "thành phố", {"TP", "TP.", "T.P"});
    addEach(texts, body, shorter);
    addEach(texts, " tỉnh ", {" ", " TỈNH "});
    return texts;
}

Texts provinceNames() {
    std::set<std::string> names;
    for (const auto& territory : data().directory().territories().all())
        for (const auto& name : territory.names) names.insert(name.text);
    return {names.begin(), names.end()};
}

/// Who may be meant: the bodies of that kind whose province was ever called so.
std::set<std::string> meant(AgencyKind kind, const std::string& province) {
    std::set<std::string> codes;
    for (const auto& agency : data().directory().all()) {
        if (agency.kind != kind || agency.level != model::AgencyLevel::Province) continue;
        for (const auto& name : agency.names)
            if (document::nameKey(name.text).ends_with(" " + document::nameKey(province)))
                codes.insert(agency.code);
    }
    return codes;
}

TEST(AgencyNames, EveryWayToWriteAProvincesBodiesLeadsToThem) {
    std::size_t asked = 0;
    for (const auto& province : provinceNames())
        for (const auto& [kind, body] : kBodies) {
            const auto right = meant(kind, province);
            ASSERT_EQ(right.size(), 1U) << province;
            for (const auto& text : written(kind, province))
                for (const auto day : {kBefore, kMerger, kToday}) {
                    const auto found = data().names().resolve(text, day);
                    ASSERT_TRUE(found.ok()) << text << ": " << base::render(found.error()).en;
                    EXPECT_EQ((*found)->code, *right.begin()) << text;
                    ++asked;
                }
        }
    EXPECT_GT(asked, 5000U);
}

// Bắc Giang has ended, its committee is still who is named, and the answer of today is another's.
TEST(AgencyNames, AnEndedBodyIsStillWhoIsNamed) {
    const auto found = data().names().resolve("UBND Bắc Giang", kToday);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ((*found)->code, "H02");
    EXPECT_EQ(data().directory().holderOn("H02", kToday)->code, "H05");
}

// Letters and tones say something: Kiến Giang is no Kiên Giang.
TEST(AgencyNames, WhatIsWrittenWithoutTonesIsOfferedNeverTaken) {
    for (const auto& province : provinceNames()) {
        const auto right = *meant(AgencyKind::PeoplesCommittee, province).begin();
        // "Tinh Kien Giang"
        const auto letters = document::bareLetters(province);
        const auto found = data().names().resolve("UBND " + letters, kToday);
        if (letters.ends_with("daklak") || letters.ends_with("kontum")) continue;
        ASSERT_FALSE(found.ok()) << letters;
        EXPECT_EQ(found.error().code, base::ErrorCode::AGENCY_UNKNOWN);
        EXPECT_THAT(base::render(found.error()).vi, HasSubstr(right + " (")) << letters;
    }
    const auto slip = data().names().resolve("UBND tỉnh Kiến Giang", kToday);
    ASSERT_FALSE(slip.ok());
    EXPECT_THAT(base::render(slip.error()).en, HasSubstr("H33 (Ủy ban nhân dân tỉnh Kiên Giang)"));
}

TEST(AgencyNames, AProvinceAloneIsNoAgency) {
    for (const char* text : {"An Giang", "Tỉnh An Giang", "TP.HCM", "nobody at all"}) {
        const auto found = data().names().resolve(text, kToday);
        ASSERT_FALSE(found.ok()) << text;
        EXPECT_EQ(found.error().code, base::ErrorCode::AGENCY_UNKNOWN);
    }
}

TEST(AgencyNames, ATownOfTheProvincesNameIsAnotherPlace) {
    EXPECT_FALSE(data().names().resolve("UBND thành phố Bắc Giang", kBefore).ok());
    EXPECT_FALSE(data().names().resolve("Chủ tịch UBND tỉnh An Giang", kToday).ok());
    const auto region = data().names().resolve("TAND khu vực 1 TP. Hồ Chí Minh", kToday);
    ASSERT_TRUE(region.ok());
    EXPECT_EQ((*region)->code, "D01.29.K1");
    EXPECT_EQ(data().names().resolve("VKSND KV 1 Hà Nội", kToday).value()->code, "E01.26.K1");
}

TEST(AgencyNames, SpellingsAreData) {
    const TemporaryData copy;
    copy.replace("agencies/spellings.xml", "<as>UBND</as>", "<as>UBND</as><as>Nhà chung</as>");
    const auto bent = copy.load();
    const auto found = bent->names().resolve("Nhà chung An Giang", kToday);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ((*found)->code, "H01");
    copy.replace("agencies/spellings.xml", "<as>TAND</as>", "<as>TAND</as><as>ubnd</as>");
    EXPECT_THROW(static_cast<void>(copy.load()), base::Fault);
}

}  // namespace
}  // namespace gateway::exchange
