#include "gateway/exchange/reference/reference_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/exchange/reference/agency_codes.h"
#include "gateway/exchange/reference/kind_loader.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange {
namespace {

using namespace fixture;
using support::TemporaryFolder;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

TEST(ReferenceData, TheProjectsOwnFilesLoad) {
    const auto data = projectData();
    EXPECT_EQ(data->directory().territories().all().size(), 63U + 34U);
    std::size_t committees = 0;
    for (const auto& agency : data->directory().all())
        committees += agency.kind == model::AgencyKind::PeoplesCommittee &&
                      agency.level == model::AgencyLevel::Province;
    EXPECT_EQ(committees, 63U);
}

TEST(ReferenceData, EveryProvinceHasItsThreeBodiesOnBothSidesOfTheMerger) {
    const auto data = projectData();
    const auto& directory = data->directory();
    for (const auto day : {kBefore, kMerger, kToday}) {
        for (const auto& territory : directory.territories().all()) {
            const auto* enforcement = directory.enforcementFor(territory.id, day);
            const auto* procuracy = directory.procuracyFor(territory.id, day);
            const bool exists = !directory.provinceAt(territory.id, day).empty();
            EXPECT_EQ(enforcement != nullptr, exists) << territory.id;
            EXPECT_EQ(procuracy != nullptr, exists) << territory.id;
        }
    }
}

TEST(ReferenceData, TheSixProvincesOfTheMergersFollowEachOther) {
    const auto data = projectData();
    const auto& directory = data->directory();
    const std::pair<const char*, const char*> rows[] = {
        {"Tòa án nhân dân tỉnh Bình Định", "Tòa án nhân dân tỉnh Gia Lai"},
        {"Tòa án nhân dân tỉnh Quảng Nam", "Tòa án nhân dân thành phố Đà Nẵng"},
        {"Tòa án nhân dân tỉnh Hải Dương", "Tòa án nhân dân thành phố Hải Phòng"},
        {"Tòa án nhân dân tỉnh Bắc Giang", "Tòa án nhân dân tỉnh Bắc Ninh"},
        {"Tòa án nhân dân tỉnh Quảng Bình", "Tòa án nhân dân tỉnh Quảng Trị"},
        {"Tòa án nhân dân thành phố Vinh, tỉnh Nghệ An", "Tòa án nhân dân khu vực 1 - Nghệ An"}};
    for (const auto& [before, after] : rows) {
        const auto court = data->names().resolve(before, kBefore);
        ASSERT_TRUE(court.ok()) << before;
        EXPECT_EQ(directory.holderOn((*court)->code, kToday)->nameOn(kToday), after);
    }
    EXPECT_EQ(directory.enforcementFor("p63-52", kToday)->nameOn(kToday),
              "Thi hành án dân sự tỉnh Gia Lai");
    EXPECT_EQ(directory.enforcementFor("p63-52", kBefore)->nameOn(kBefore),
              "Cục Thi hành án dân sự tỉnh Bình Định");
    EXPECT_EQ(directory.enforcementFor("p34-79", kToday)->nameOn(kToday),
              "Thi hành án dân sự Thành phố Hồ Chí Minh");
    EXPECT_EQ(directory.find("H57")->nameOn(kToday), "Ủy ban nhân dân thành phố Huế");
}

// What a refusal or an operator is told of a row: where it stands, and by which law it does.
TEST(ReferenceData, EveryRowSaysWhereItStandsAndWhy) {
    const auto data = projectData();
    const auto origin = testing::ContainsRegex("[a-z-]+\\.xml:[0-9]+$");
    for (const auto& territory : data->directory().territories().all())
        EXPECT_THAT(territory.origin, origin) << territory.id;
    std::size_t successions = 0, notes = 0, verified = 0, originals = 0, aliases = 0;
    for (const auto& agency : data->directory().all()) {
        EXPECT_THAT(agency.origin, origin) << agency.code;
        notes += agency.note.empty() ? 0 : 1;
        verified += agency.status == model::CodeStatus::Verified;
        originals += agency.originals.size();
        for (const auto& name : agency.names) aliases += name.alias ? 1 : 0;
        for (const auto& succession : agency.successors)
            successions += succession.basis.empty() ? 0 : 1;
    }
    EXPECT_GT(successions, 100U);
    EXPECT_GT(notes, 0U);
    EXPECT_GT(verified, 0U);
    EXPECT_GT(originals, 0U);
    EXPECT_GT(aliases, 0U);
    const std::filesystem::path root = THAHC_SOURCE_DIR;
    const auto files = kindFiles(root / "connectors");
    EXPECT_TRUE(std::is_sorted(files.begin(), files.end()));
    for (const auto& kind : loadKinds(root / "connectors", root / "mappings" / "schemas")) {
        EXPECT_THAT(kind.origin, origin) << kind.name;
        for (const auto* rights : {&kind.sends, &kind.receives})
            for (const auto& right : *rights) EXPECT_FALSE(right.basis.empty()) << kind.name;
        for (const auto& sight : kind.sees) EXPECT_FALSE(sight.basis.empty()) << kind.name;
        for (const auto& competence : kind.hears)
            EXPECT_FALSE(competence.basis.empty()) << kind.name;
    }
}

TEST(KindFiles, ComeInTheOrderOfTheirPaths) {
    const TemporaryFolder folder;
    for (int i = 0; i < 40; ++i) {
        const auto place = folder.path() / ("kind-" + std::to_string(i * 37 % 40 + 100));
        std::filesystem::create_directory(place);
        std::ofstream(place / "kind.xml") << "<kind/>";
    }
    const auto files = kindFiles(folder.path());
    ASSERT_EQ(files.size(), 40U);
    EXPECT_TRUE(std::is_sorted(files.begin(), files.end()));
}

TEST(ReferenceData, DigestCoversTheBoundsOfFields) {
    const TemporaryData copy;
    copy.replace("case-model/plausibility.xml", "is=\"1880\"", "is=\"1881\"");
    EXPECT_NE(copy.load()->digest(), projectData()->digest());
}

TEST(ReferenceData, DigestIsThatOfTheFilesAlone) {
    const TemporaryData copy;
    const auto before = copy.load()->digest();
    EXPECT_EQ(before, projectData()->digest());
    copy.replace("agencies/central.xml", "Bộ Tư pháp", "Bộ Tư Pháp");
    EXPECT_NE(copy.load()->digest(), before);
}

TEST(AgencyNames, FoldsSpellingAndAsksBackWhenInDoubt) {
    const auto data = projectData();
    const auto& names = data->names();
    const auto code = [&](const char* text, base::Date day) {
        const auto found = names.resolve(text, day);
        return found ? (*found)->code : std::string(base::entryOf(found.error().code).name);
    };
    EXPECT_EQ(code("Toà án nhân dân tỉnh Hoà Bình", kBefore), "D01.28");
    EXPECT_EQ(code("TÒA ÁN NHÂN DÂN TỈNH BÌNH ĐỊNH", kToday), "D01.08");
    EXPECT_EQ(code("000.00.00.H08", kToday), "H08");
    EXPECT_EQ(code("Tòa án nhân dân khu vực 1–Nghệ An", kToday), "D01.41.K1");
    EXPECT_EQ(code("Tòa án nhân dân tỉnh Binh Dinh", kToday), "AGENCY_UNKNOWN");
    EXPECT_EQ(code(std::string(400, 'x').c_str(), kToday), "AGENCY_UNKNOWN");
}

TEST(AgencyNames, ListsTheCandidatesOfAnAmbiguousName) {
    const TemporaryData copy;
    copy.replace("agencies/committees-first-set.xml", "Ủy ban nhân dân phường Long Bình<",
                 "Ủy ban nhân dân phường Hoàn Kiếm<");
    const auto data = copy.load();
    const auto found = data->names().resolve("Uỷ ban nhân dân phường Hoàn Kiếm", kToday);
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().code, base::ErrorCode::AGENCY_AMBIGUOUS);
    EXPECT_THAT(base::render(found.error()).en,
                testing::ContainsRegex("H19.X1 \\(.*\\), H26.X1 \\("));
}

TEST(AgencyCodes, AnswersMappings) {
    const auto data = projectData();
    const AgencyCodes codes(data->sharedDirectory(), data->sharedNames());
    const mapping::AsOf day = std::chrono::year(2026) / 6 / 8;
    EXPECT_TRUE(codes.knows("agency"));
    EXPECT_FALSE(codes.knows("category"));
    EXPECT_EQ(codes.toOurs("agency", "000.00.00.H08", day), "H08");
    EXPECT_EQ(codes.toOurs("agency", "Tòa án nhân dân tỉnh Bình Định", day), "D01.08");
    EXPECT_EQ(codes.toOurs("agency", "nobody", day), std::nullopt);
    EXPECT_EQ(codes.toOurs("category", "H08", day), std::nullopt);
    EXPECT_EQ(codes.toTheirs("agency", "H08", day), "H08");
    EXPECT_EQ(codes.toTheirs("agency-name", "G15.90.21", day), "Thi hành án dân sự tỉnh Gia Lai");
    EXPECT_EQ(codes.toTheirs("agency", "H99", day), std::nullopt);
}

// Every mistake in a file is named with the file and its line.
struct Mistake {
    const char* file;
    const char* good;
    const char* bad;
    const char* named;
};

class BadFiles : public testing::TestWithParam<Mistake> {};

TEST_P(BadFiles, AreRefusedByNameAndLine) {
    const auto& mistake = GetParam();
    const TemporaryData copy;
    copy.replace(mistake.file, mistake.good, mistake.bad);
    try {
        const auto loaded = copy.load();
        FAIL() << "accepted: " << mistake.named;
    } catch (const base::Fault& fault) {
        EXPECT_THAT(fault.what(), testing::HasSubstr(mistake.named));
        EXPECT_THAT(fault.what(), testing::ContainsRegex("[a-z-]+\\.xml:[0-9]+: "));
        const std::string file = mistake.file;
        EXPECT_THAT(fault.what(), testing::HasSubstr(file.substr(file.find('/') + 1)));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Data, BadFiles,
    testing::Values(
        Mistake{"agencies/central.xml", "<agencies ", "<agencies", "not well formed"},
        Mistake{"agencies/central.xml", "kind=\"ministry\"", "kind=\"temple\"", "schema"},
        Mistake{"agencies/central.xml", "2025-03-01\">Tổng", "2025-02-30\">Tổng", "2025-02-30"},
        Mistake{"agencies/central.xml", "000.00.00.G06", "000.00.00.G15", "another agency's"},
        Mistake{"agencies/central.xml", "code=\"G06.S1\"", "code=\"H01\"", "declared twice"},
        Mistake{"agencies/central.xml", "superior=\"G06\"", "superior=\"G07\"", "unknown superior"},
        Mistake{"agencies/central.xml", " from=\"2025-03-01\">Cục", ">Cục", "overlap"},
        Mistake{"agencies/courts-regions.xml", "territory=\"p34-75\"", "territory=\"p34-99\"",
                "unknown territory"},
        Mistake{"agencies/courts-regions.xml", "code=\"D01.29.K2\" on", "code=\"D01.29.K9\" on",
                "unknown successor"},
        Mistake{"agencies/enforcement-provinces.xml",
                "code=\"G15.90.05\" status=\"provisional\" kind=\"enforcement\" level=\"province\" "
                "territory=\"p63-27\"",
                "code=\"G15.90.05\" status=\"provisional\" kind=\"enforcement\" level=\"province\" "
                "territory=\"p63-01\"",
                "both are competent"},
        Mistake{"agencies/territories.xml", "id=\"p34-01\" on", "id=\"p34-02\" on",
                "unknown successor"},
        Mistake{"agencies/territories.xml", "id=\"p63-02\"", "id=\"p63-01\"", "declared twice"},
        Mistake{"connectors/court/kind.xml", "covers kind=\"court\"", "covers kind=\"procuracy\"",
                "covered already"},
        Mistake{"connectors/court/kind.xml", "\"JudgmentTransfer\"", "\"JudgementTransfer\"",
                "unknown type \"JudgementTransfer\""},
        Mistake{"connectors/court/kind.xml", "sends type=\"MonitoringQuery\"",
                "sends type=\"Ping\"", "states Ping twice"},
        Mistake{"connectors/court/kind.xml", "cases=\"own\" as=\"court first-instance-court\"",
                "cases=\"own\"", "names no role"},
        Mistake{"connectors/court/kind.xml", " basis=\"protocol\"", "", "basis"},
        Mistake{"case-model/plausibility.xml", "type=\"BreachQuery\"", "type=\"BreechQuery\"",
                "unknown type \"BreechQuery\""},
        Mistake{"case-model/plausibility.xml", "birthYear", "birthDay", "no day and no number"},
        Mistake{"case-model/plausibility.xml", "    <field path=\"pageSize\"",
                "    <field path=\"select/issuedFrom\"", "a second row"},
        Mistake{
            "case-model/plausibility.xml",
            "    <field path=\"case/ruling/issuedOn\" least=\"$first-ruling\" most=\"@latest\"/>\n",
            "", "has no row for \"case/ruling/issuedOn\""},
        Mistake{"case-model/plausibility.xml", "least=\"promulgatedOn\"", "least=\"seenOn\"",
                "no field \"seenOn\""},
        Mistake{"case-model/plausibility.xml", "most=\"@latest+366\"", "most=\"@last+366\"",
                "no day is known"},
        Mistake{"case-model/plausibility.xml", "least=\"$first-birth\"", "least=\"$first-ruling\"",
                "of another kind"},
        Mistake{"case-model/plausibility.xml", "1996-07-01", "1996-02-30", "no day 1996-02-30"},
        Mistake{"case-model/plausibility.xml", "$first-document", "$last-document",
                "no value \"$last-document\""},
        Mistake{"case-model/plausibility.xml", "least=\"$first-document\"", "",
                "no bound uses the value"},
        Mistake{"case-model/plausibility.xml", "least=\"0\" most=\"$largest-sum\"",
                "least=\"issuedOn\" most=\"$largest-sum\"", "no field \"issuedOn\""}));

TEST(BadPlaces, AMissingDirectoryIsAFault) {
    auto paths = ReferencePaths::under(THAHC_SOURCE_DIR);
    paths.agencies = "/nonexistent";
    EXPECT_THROW(static_cast<void>(ReferenceData::load(paths)), base::Fault);
    paths = ReferencePaths::under(THAHC_SOURCE_DIR);
    paths.connectors = "/nonexistent";
    EXPECT_THROW(static_cast<void>(ReferenceData::load(paths)), base::Fault);
}

}  // namespace
}  // namespace gateway::exchange
