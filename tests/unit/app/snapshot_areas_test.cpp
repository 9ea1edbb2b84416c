// What a registration must fit with before it counts, and what stays in force when it does not.

#include "gateway/app/process/snapshot_areas.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/temporary_folder.h"
#include "tests/unit/app/office.h"

namespace gateway::app {
namespace {

using scenario::kCommittee;
using scenario::kCourt;

class SnapshotAreasTest : public testing::Test {
  protected:
    exchange::SnapshotPtr load() { return areas_.load(seal_); }
    // The faults of one more load, as "area: reason".
    std::string faults() {
        static_cast<void>(load());
        std::string told;
        for (const auto& fault : areas_.faults())
            told += std::string(nameOf(fault.area)) + " " + fault.file + ": " + fault.reason + "\n";
        return told;
    }
    std::string faultsOf(const scenario::Enrolment& enrolment) {
        office_.world().enrol(enrolment);
        return faults();
    }
    static scenario::Enrolment court() {
        scenario::Enrolment enrolment;
        enrolment.agency = kCourt;
        return enrolment;
    }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    static const trust::Partner* partner(const exchange::SnapshotPtr& snapshot,
                                         const std::string& agency) {
        for (const auto& one : snapshot->registry->data().partners)
            if (one.agency == agency) return &one;
        return nullptr;
    }

    // What is delivered, of the agencies' formats only what the tests name: each of them loads
    // everything several times.
    static std::filesystem::path fewFormats(const std::filesystem::path& target) {
        namespace fs = std::filesystem;
        static const std::set<std::string> kFamilies = {"committee-json", "committee-xml",
                                                        "court-json", "court-table"};
        static const std::set<std::string> kMessages = {"urging-letter", "postponement", "ruling"};
        const fs::path delivered = THAHC_SOURCE_DIR "/mappings";
        for (fs::recursive_directory_iterator entry(delivered), end; entry != end; ++entry) {
            const auto inside = entry->path().lexically_relative(delivered);
            const auto family = inside.begin()->string(), own = inside.filename().string();
            const bool isFormat =
                family.find('-') != std::string::npos && fs::exists(delivered / family) &&
                family.find("case-model") != 0 && family != "code-lists" && family != "legal-rules";
            if (entry->is_directory() && isFormat &&
                (!kFamilies.contains(family) || (entry.depth() == 1 && !kMessages.contains(own)))) {
                entry.disable_recursion_pending();
                continue;
            }
            if (entry->is_directory())
                fs::create_directories(target / inside);
            else
                fs::copy_file(entry->path(), target / inside);
        }
        return target;
    }
    static void SetUpTestSuite() {
        delivered_ = std::make_unique<support::TemporaryFolder>();
        fewFormats(delivered_->path() / "mappings");
    }
    static void TearDownTestSuite() { delivered_.reset(); }
    SnapshotAreasTest() { office_.config().mappings = delivered_->path() / "mappings"; }
    // For a test that changes them.
    std::filesystem::path ownMappings() {
        office_.config().mappings = fewFormats(office_.world().folder() / "mappings");
        return office_.config().mappings;
    }

    static inline std::unique_ptr<support::TemporaryFolder> delivered_;
    Office office_;
    exchange::SealPtr seal_ = loadSeal(office_.config(), office_.clock());
    SnapshotAreas areas_{office_.config(), office_.clock(), office_.world().folder() / "kept"};
};

TEST_F(SnapshotAreasTest, AreNamed) {
    std::string names;
    for (const auto area : kAreas) names += std::string(nameOf(area)) + " ";
    EXPECT_EQ(names, "directory mappings registrations revocation own ");
    EXPECT_EQ(faults(), "");
}

TEST_F(SnapshotAreasTest, AChannelCarriesOnlyForKnownAgencies) {
    auto enrolment = court();
    enrolment.carriesAlso = {kCommittee};
    EXPECT_EQ(faultsOf(enrolment), "");
    for (const std::string unknown : {"H99.X9", "000.00.00.H21"}) {
        enrolment.carriesAlso = {kCommittee, unknown};
        const auto told = faultsOf(enrolment);
        EXPECT_TRUE(has(told, "registrations " + kCourt + ".xml: ")) << told;
        EXPECT_TRUE(has(told, "channel ch-" + kCourt + ": the directory has no agency " + unknown))
            << told;
        EXPECT_THROW(static_cast<void>(loadSnapshot(office_.config(), office_.clock(), seal_)),
                     base::Fault);
        // What was good before stays, without the unknown one.
        const auto snapshot = load();
        ASSERT_EQ(snapshot->registry->data().channels.size(), 1U);
        std::vector<std::string> carried;
        for (const auto& one : snapshot->registry->data().channels.front().carries)
            carried.push_back(one.agency);
        EXPECT_EQ(carried, (std::vector<std::string>{kCourt, kCommittee}));
    }
}

TEST_F(SnapshotAreasTest, APartnerIsAnAgencyOfTheDirectory) {
    auto enrolment = court();
    enrolment.agency = "H99.X9";
    const auto told = faultsOf(enrolment);
    EXPECT_TRUE(has(told, "the directory has no agency H99.X9")) << told;
    const auto snapshot = load();
    EXPECT_NE(partner(snapshot, kCourt), nullptr) << "others are not held up";
    EXPECT_EQ(partner(snapshot, "H99.X9"), nullptr);
}

TEST_F(SnapshotAreasTest, FormatsAreThoseThatThereAre) {
    auto enrolment = court();
    enrolment.formatsIn = {"case-model-json/*", "case-model-json/ping"};
    enrolment.formatsOut = {{"*", "case-model-xml/*"}};
    EXPECT_EQ(faultsOf(enrolment), "");
    enrolment.formatsIn = {"case-model-json/nothing"};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping reads case-model-json/nothing"));
    enrolment.formatsIn = {"case-model-jso/*"};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping reads case-model-jso/*"));
    enrolment.formatsIn = {"case-model-json"};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping reads case-model-json"));
    enrolment = court();
    enrolment.formatsOut = {{"*", "case-model-json/ping"}};
    EXPECT_TRUE(has(faultsOf(enrolment), "for any message name a format"));
    enrolment.formatsOut = {{"Ping", "case-model-json/nothing"}};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping writes Ping as case-model-json/nothing"));
}

// Some acts had mappings of their canonical form once, and registrations that name them.
TEST_F(SnapshotAreasTest, TheCanonicalFormOfAnActIsOneWithoutAMapping) {
    auto enrolment = court();
    enrolment.formatsIn = {"case-model-xml/status-report", "case-model-json/compel-order"};
    enrolment.formatsOut = {{"StatusReport", "case-model-xml/status-report"}};
    EXPECT_EQ(faultsOf(enrolment), "");
    enrolment.formatsOut = {{"StatusReport", "case-model-xml/compel-order"}};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping writes StatusReport"));
    enrolment.formatsOut = {{"NoSuchAct", "case-model-xml/no-such-act"}};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping writes NoSuchAct"));
    enrolment = court();
    enrolment.formatsIn = {"case-model-xml/no-such-act"};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping reads case-model-xml/no-such-act"));
}

TEST_F(SnapshotAreasTest, AFormatIsItsInwardMappings) {
    auto enrolment = court();
    enrolment.formatsIn = {"case-model-json/*", "court-json/*"};
    ASSERT_EQ(faultsOf(enrolment), "");
    const auto snapshot = load();
    const auto* registered = partner(snapshot, kCourt);
    ASSERT_NE(registered, nullptr);
    std::size_t expected = 0;
    for (const auto* plan : snapshot->mappings->all())
        expected += plan->inward() && (plan->id().starts_with("case-model-json/") ||
                                       plan->id().starts_with("court-json/"));
    EXPECT_EQ(registered->formatsIn.size(), expected);
    for (const auto& id : registered->formatsIn) {
        ASSERT_NE(snapshot->mappings->find(id), nullptr) << id;
        EXPECT_TRUE(snapshot->mappings->find(id)->inward()) << id;
    }
}

// An outward mapping of one message cannot stand for another one.
TEST_F(SnapshotAreasTest, OutwardFormatsWriteThatMessage) {
    const auto snapshot = load();
    const mapping::Plan* outward = nullptr;
    const mapping::Plan* inwardOnly = nullptr;
    for (const auto* plan : snapshot->mappings->all()) {
        if (plan->outward() && !outward) outward = plan;
        if (!plan->outward() && !inwardOnly) inwardOnly = plan;
    }
    ASSERT_NE(outward, nullptr);
    ASSERT_NE(inwardOnly, nullptr);
    auto enrolment = court();
    enrolment.formatsOut = {{outward->messageType(), outward->id()}};
    EXPECT_EQ(faultsOf(enrolment), "");
    const std::string other = outward->messageType() == "Ping" ? "Delivery" : "Ping";
    enrolment.formatsOut = {{other, outward->id()}};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping writes " + other));
    enrolment.formatsOut = {{inwardOnly->messageType(), inwardOnly->id()}};
    EXPECT_TRUE(has(faultsOf(enrolment), "no mapping writes " + inwardOnly->messageType()));
}

TEST_F(SnapshotAreasTest, ABrokenFileKeepsTheLastGoodOne) {
    ASSERT_EQ(faults(), "");
    const auto file = office_.registrations() / (kCourt + ".xml");
    const auto good = scenario::readFile(file);
    scenario::writeFile(file, good.substr(0, good.size() / 2));
    EXPECT_TRUE(has(faults(), "registrations " + kCourt + ".xml: "));
    EXPECT_NE(partner(load(), kCourt), nullptr);
    scenario::writeFile(file, good);
    EXPECT_EQ(faults(), "") << "a mended file ends the fault";
}

TEST_F(SnapshotAreasTest, AFirstLoadNeedsItsDirectory) {
    office_.config().connectors = office_.world().folder() / "none";
    EXPECT_THROW(static_cast<void>(load()), std::exception);
    office_.config().connectors = THAHC_SOURCE_DIR "/connectors";
    ASSERT_EQ(faults(), "");
    office_.config().connectors = office_.world().folder() / "none";
    const auto told = faults();
    EXPECT_TRUE(has(told, "directory : ")) << told;
    EXPECT_TRUE(has(told, "the last good version stays")) << told;
    EXPECT_NE(load()->reference->directory().find(kCourt), nullptr);
}

TEST_F(SnapshotAreasTest, AFirstStartLeavesABrokenMappingOutALaterOneKeepsTheLast) {
    const auto mappings = ownMappings();
    const auto file = mappings / "case-model-json" / "ping" / "mapping.xml";
    const auto good = scenario::readFile(file);
    ASSERT_EQ(faults(), "");
    scenario::writeFile(file, "<mapping");
    auto told = faults();
    EXPECT_TRUE(has(told, "mappings : ")) << told;
    EXPECT_TRUE(has(told, file.string() + ":1")) << told;
    EXPECT_TRUE(has(told, "the last good version stays")) << told;
    EXPECT_NE(load()->mappings->find("case-model-json/ping"), nullptr);
    SnapshotAreas fresh(office_.config(), office_.clock(), office_.world().folder() / "kept");
    for (int round = 0; round < 2; ++round) {  // and so does a reload after such a start
        const auto snapshot = fresh.load(seal_);
        ASSERT_EQ(fresh.faults().size(), 1U);
        EXPECT_EQ(fresh.faults().front().area, Area::Mappings);
        EXPECT_TRUE(has(fresh.faults().front().reason, "this mapping is left out"));
        EXPECT_EQ(snapshot->mappings->find("case-model-json/ping"), nullptr);
        EXPECT_NE(snapshot->mappings->find("case-model-xml/ping"), nullptr);
    }
    scenario::writeFile(file, good);
    const auto mended = fresh.load(seal_);
    EXPECT_TRUE(fresh.faults().empty());
    EXPECT_NE(mended->mappings->find("case-model-json/ping"), nullptr);
}

// What is in force of both must fit together: a mapping names members of acts.
TEST_F(SnapshotAreasTest, TheLawAndTheMappingsOfItsActsAreTakenTogether) {
    const auto mappings = ownMappings();
    ASSERT_EQ(faults(), "");
    const auto before = load();
    const auto act = mappings / "acts" / "UrgingLetter.xml";
    const auto mapping = mappings / "committee-xml" / "urging-letter" / "mapping.xml";
    const auto goodAct = scenario::readFile(act), goodMapping = scenario::readFile(mapping);
    const auto exchanged = [](std::string text, const std::string& from, const std::string& to) {
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    const auto line = [](const std::string& text, const std::string& words) {
        const auto at = static_cast<long>(text.find(words));
        return std::to_string(std::count(text.begin(), text.begin() + at, '\n') + 1);
    };

    // The law without a field that mappings name: neither is taken.
    scenario::writeFile(act, exchanged(goodAct, "name=\"answerBy\"", "name=\"repliedBy\""));
    scenario::writeFile(
        act, exchanged(exchanged(scenario::readFile(act), "field:answerBy", "field:repliedBy"),
                       "field answerBy", "field repliedBy"));
    scenario::writeFile(act,
                        exchanged(scenario::readFile(act), "field:answerBy", "field:repliedBy"));
    auto told = faults();
    EXPECT_TRUE(has(told, "committee-json/urging-letter/mapping.xml:")) << told;
    EXPECT_TRUE(has(told, "the case model has no \"urgingLetter/answerBy\"")) << told;
    EXPECT_TRUE(has(told, "directory : acts have other members")) << told;
    EXPECT_EQ(load()->rules, before->rules);
    EXPECT_EQ(load()->reference, before->reference) << "the law of before";
    EXPECT_EQ(load()->mappings->digest(), before->mappings->digest());
    scenario::writeFile(act, goodAct);
    ASSERT_EQ(faults(), "");

    // A mapping of a member that there is not: the line of the mapping, and the law goes on.
    scenario::writeFile(mapping, exchanged(goodMapping, "ours=\"answerBy\"", "ours=\"due\""));
    told = faults();
    EXPECT_TRUE(has(told, mapping.string() + ":" + line(goodMapping, "ours=\"answerBy\""))) << told;
    EXPECT_FALSE(has(told, "directory")) << told;
    // ... unless it has another shape, too.
    scenario::writeFile(act, exchanged(goodAct, "codes=\"progress", "codes=\"hurry progress"));
    EXPECT_TRUE(has(faults(), "directory : acts have other members"));
    EXPECT_EQ(load()->reference->law().act("UrgingLetter")->sha256,
              before->reference->law().act("UrgingLetter")->sha256);
    // Both mended: both taken, and receipts vouch for the new law.
    scenario::writeFile(mapping, goodMapping);
    EXPECT_EQ(faults(), "");
    EXPECT_NE(load()->rules, before->rules);

    // An act that is gone, and a mapping that still names it.
    scenario::writeFile(act, goodAct);
    scenario::writeFile(
        mapping, exchanged(goodMapping, "message=\"UrgingLetter\"", "message=\"UrgentCall\""));
    told = faults();
    EXPECT_TRUE(
        has(told, mapping.string() + ":1: mapping: there is no message or act \"UrgentCall\""))
        << told;
}

TEST_F(SnapshotAreasTest, AnAuthorityThatCannotBeReadKeepsTheListsInForce) {
    ASSERT_EQ(faults(), "");
    office_.config().revocationAnchors = {office_.world().folder() / "none.pem"};
    const auto told = faults();
    EXPECT_TRUE(has(told, "revocation : ")) << told;
    EXPECT_TRUE(has(told, "none.pem; the last good version stays")) << told;
    EXPECT_EQ(load()->revocation->kept().size(), 1U);
}

TEST_F(SnapshotAreasTest, RulesHaveOneDigestOverRightsAndCodes) {
    const auto first = load()->rules;
    EXPECT_EQ(load()->rules, first);
    const auto mappings = fewFormats(office_.world().folder() / "elsewhere");
    office_.config().mappings = mappings;
    EXPECT_EQ(load()->rules, first) << "the same rules elsewhere";
    std::filesystem::path list;
    for (const auto& entry : std::filesystem::directory_iterator(mappings / "code-lists"))
        if (entry.path().extension() == ".xml") list = entry.path();
    const auto text = scenario::readFile(list);
    scenario::writeFile(list, text + "<!-- reviewed -->\n");
    EXPECT_NE(load()->rules, first);
}

TEST_F(SnapshotAreasTest, RevocationListsAreKeptBeside) {
    ASSERT_EQ(faults(), "");
    const auto kept = office_.world().folder() / "kept";
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kept))
        names.push_back(entry.path().extension());
    EXPECT_EQ(names, std::vector<std::string>{".crl"});
    std::filesystem::remove_all(office_.registrations() / "pki" / "crl");
    std::filesystem::create_directory(office_.registrations() / "pki" / "crl");
    // A new start has only what was kept.
    SnapshotAreas later(office_.config(), office_.clock(), kept);
    const auto snapshot = later.load(seal_);
    ASSERT_FALSE(later.faults().empty());
    EXPECT_EQ(later.faults().front().area, Area::Revocation);
    EXPECT_EQ(snapshot->revocation->kept().size(), 1U);
    // Without copies the authority is without a list, and since when is kept.
    std::filesystem::remove_all(kept);
    SnapshotAreas bare(office_.config(), office_.clock(), kept);
    const auto without = bare.load(seal_);
    EXPECT_TRUE(without->revocation->kept().empty());
    ASSERT_EQ(without->revocation->missingSince().size(), 1U);
    SnapshotAreas again(office_.config(), office_.clock(), kept);
    EXPECT_EQ(again.load(seal_)->revocation->missingSince(), without->revocation->missingSince());
    // Once there is one again, nothing is missing any more.
    office_.world().revoke({});
    SnapshotAreas mended(office_.config(), office_.clock(), kept);
    EXPECT_TRUE(mended.load(seal_)->revocation->missingSince().empty());
    names.clear();
    for (const auto& entry : std::filesystem::directory_iterator(kept))
        names.push_back(entry.path().extension());
    EXPECT_EQ(names, std::vector<std::string>{".crl"});
}

}  // namespace
}  // namespace gateway::app
