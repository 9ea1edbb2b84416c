// This place's own files in front of the delivered ones, with the real process.

#include <atomic>
#include <thread>

#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

const std::string kWard = "H05.X9";

class LocalData : public testing::Test {
  protected:
    void SetUp() override {
        std::filesystem::create_directories(local());
        world_.set("data.local", local());
        enrolProvince(world_);
    }
    std::filesystem::path local() const { return world_.folder() / "local"; }
    std::filesystem::path wards() const { return local() / "mappings" / "agencies" / "wards.xml"; }
    std::filesystem::path ping() const {
        return local() / "mappings" / "case-model-json" / "ping" / "mapping.xml";
    }
    void write(const std::filesystem::path& file, const std::string& text) const {
        std::filesystem::create_directories(file.parent_path());
        writeFile(file, text);
    }
    void writeWard() const {
        write(wards(),
              "<agencies xmlns=\"urn:thahc:agency-directory:1\">\n"
              "<agency code=\"" +
                  kWard +
                  "\" status=\"provisional\" kind=\"peoples-committee\" level=\"commune\" "
                  "territory=\"p34-24\" superior=\"H05\" from=\"2025-07-01\">"
                  "<name>Ủy ban nhân dân phường Ví Dụ</name></agency>\n</agencies>\n");
    }
    void enrolWard() {
        Enrolment ward;
        ward.agency = kWard;
        world_.enrol(ward);
    }
    int checkConfig() {
        return run(
            {World::binary(), "check-config", "--config", world_.folder() / "gateway.properties"},
            &output_);
    }
    bool isSaid(const std::string& words) const { return output_.find(words) != std::string::npos; }

    World world_;
    std::string output_;
};

TEST_F(LocalData, AWardThatIsNotDeliveredJoinsALiveGateway) {
    ASSERT_TRUE(world_.start()) << world_.log();
    writeWard();
    enrolWard();
    ASSERT_EQ(world_.command({"reload"}, &output_), 0) << output_;
    EXPECT_EQ(Agency(world_, kWard).send(model::Ping{}).verdict(), "accepted");
    EXPECT_EQ(checkConfig(), 0) << output_;
    EXPECT_TRUE(isSaid("local: mappings/agencies/wards.xml\n")) << output_;
}

// A court of a region that the delivered directory does not have: one file, while messages come in.
TEST_F(LocalData, ARegionalCourtIsOneFileMoreAndItsRulingIsTaken) {
    const std::string regional = kCourt + ".K7";
    ASSERT_TRUE(world_.start()) << world_.log();
    const auto found = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words = {World::binary(), "agencies", "find"};
        words.insert(words.end(), more.begin(), more.end());
        words.insert(words.end(), {"--mappings", THAHC_SOURCE_DIR "/mappings", "--local", local()});
        return run(words, &output_);
    };
    EXPECT_EQ(found({"TAND khu vực 7 - Gia Lai"}), 6) << output_;

    write(local() / "mappings" / "agencies" / "regions-gia-lai.xml",
          "<agencies xmlns=\"urn:thahc:agency-directory:1\">\n"
          "<agency code=\"" +
              regional +
              "\" status=\"provisional\" kind=\"court\" level=\"region\" "
              "territory=\"p34-52\" superior=\"" +
              kCourt +
              "\" from=\"2025-07-01\"><name>Tòa án nhân dân khu vực 7 - Gia Lai</name></agency>\n"
              "</agencies>\n");
    EXPECT_EQ(run({World::binary(), "agencies", "check", "--mappings", THAHC_SOURCE_DIR "/mappings",
                   "--local", local()},
                  &output_),
              0)
        << output_;
    Enrolment enrolment;
    enrolment.agency = regional;
    world_.enrol(enrolment);
    const Agency other(world_, kOtherCourt);
    std::atomic<bool> reloaded = false;
    std::atomic<int> sent = 0, lost = 0;
    std::thread traffic([&] {
        while (!reloaded || sent < 20) {
            ++sent;
            if (other.send(model::Ping{}).verdict() != "accepted") ++lost;
        }
    });
    EXPECT_EQ(world_.command({"reload"}, &output_), 0) << output_;
    reloaded = true;
    traffic.join();
    EXPECT_EQ(lost, 0) << "of " << sent << " messages";

    const Agency court(world_, regional);
    auto said = transferOf("7/2026/HC-ST");
    said.ruling.reference.court = regional;
    said.ruling.courtName = "Tòa án nhân dân khu vực 7 - Gia Lai";
    const auto reply = court.send(said);
    EXPECT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(Agency(world_, kEnforcement).emptyMailbox(), 1) << "that of its province has it";
    EXPECT_EQ(world_.rebuild(), "clean");

    EXPECT_EQ(found({"TAND khu vực 7 - Gia Lai"}), 0);
    EXPECT_TRUE(isSaid(regional + " Tòa án nhân dân khu vực 7 - Gia Lai")) << output_;
    EXPECT_TRUE(isSaid("from 2025-07-01")) << output_;
    EXPECT_TRUE(isSaid("provisional (not seen in an official source)")) << output_;
    EXPECT_EQ(found({regional, "--on", "2025-06-30"}), 0);
    EXPECT_TRUE(isSaid("NOT on that day")) << output_;
    EXPECT_EQ(found({"TAND khu vực 8 - Gia Lai"}), 6);
    EXPECT_TRUE(isSaid("like it: " + regional)) << output_;
}

TEST_F(LocalData, AMappingOfThisPlaceStandsInTheDeliveredOnesPlace) {
    // Beside its own schema and the delivered parts, as if it lay among them.
    auto text = readFile(THAHC_SOURCE_DIR "/mappings/case-model-json/ping/mapping.xml");
    const auto at = text.find("version=\"", text.find("<mapping")) + 9;
    text.replace(at, text.find('"', at) - at, "77");
    write(ping(), text);
    EXPECT_EQ(run({World::binary(), "check-mapping", ping(), "--mappings",
                   THAHC_SOURCE_DIR "/mappings", "--local", local()},
                  &output_),
              0)
        << output_;
    EXPECT_TRUE(isSaid("version 77 is good")) << output_;
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(checkConfig(), 0);
    EXPECT_TRUE(isSaid("ping/mapping.xml, in the place of the delivered one")) << output_;
    // The receipt vouches for the mapping by its digest.
    const Agency court(world_, kCourt);
    const auto by = court.send(model::Ping{}).at("receipt/mappingSha256");
    EXPECT_EQ(by.size(), 64U);
    std::filesystem::remove(ping());
    ASSERT_EQ(world_.command({"reload"}, &output_), 0) << output_;
    EXPECT_NE(court.send(model::Ping{}).at("receipt/mappingSha256"), by);
}

TEST_F(LocalData, AListOfLibraryFaultsOfThisPlaceIsTheOneThatCounts) {
    write(local() / "mappings" / "operations" / "library-faults.xml",
          "<library-faults xmlns=\"urn:thahc:library-faults:1\" as-of=\"2026-11-28\">\n"
          "<fault package=\"libxml2\" id=\"CVE-2099-1\" mended-in=\"99:1\">anything at all</fault>"
          "</library-faults>\n");
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(checkConfig(), 0) << output_;
    EXPECT_TRUE(isSaid("CVE-2099-1")) << output_;
}

TEST_F(LocalData, ABrokenLocalFileIsNamedAsItsOperatorKnowsIt) {
    writeWard();
    enrolWard();
    ASSERT_TRUE(world_.start()) << world_.log();
    writeFile(wards(), "<agencies");
    EXPECT_EQ(world_.command({"reload"}, &output_), 1) << output_;
    EXPECT_TRUE(isSaid(wards().string() + ":")) << output_;
    EXPECT_EQ(Agency(world_, kWard).send(model::Ping{}).verdict(), "accepted") << "as before";
    EXPECT_EQ(checkConfig(), 3);
    EXPECT_TRUE(isSaid(wards().string() + ":")) << output_;
    // The folder gone, as by a disk that is not mounted: what was in force stays so.
    std::filesystem::remove_all(local());
    EXPECT_EQ(world_.command({"reload"}, &output_), 1);
    EXPECT_TRUE(isSaid("there is no folder " + local().string())) << output_;
    EXPECT_EQ(Agency(world_, kWard).send(model::Ping{}).verdict(), "accepted");
}

}  // namespace
}  // namespace gateway::scenario
