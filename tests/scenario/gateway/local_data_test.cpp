// This place's own files in front of the delivered ones, with the real process.

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
    bool said(const std::string& words) const { return output_.find(words) != std::string::npos; }

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
    EXPECT_TRUE(said("local: mappings/agencies/wards.xml\n")) << output_;
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
    EXPECT_TRUE(said("version 77 is good")) << output_;
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(checkConfig(), 0);
    EXPECT_TRUE(said("ping/mapping.xml, in the place of the delivered one")) << output_;
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
    EXPECT_TRUE(said("CVE-2099-1")) << output_;
}

TEST_F(LocalData, ABrokenLocalFileIsNamedAsItsOperatorKnowsIt) {
    writeWard();
    enrolWard();
    ASSERT_TRUE(world_.start()) << world_.log();
    writeFile(wards(), "<agencies");
    EXPECT_EQ(world_.command({"reload"}, &output_), 1) << output_;
    EXPECT_TRUE(said(wards().string() + ":")) << output_;
    EXPECT_EQ(Agency(world_, kWard).send(model::Ping{}).verdict(), "accepted") << "as before";
    EXPECT_EQ(checkConfig(), 3);
    EXPECT_TRUE(said(wards().string() + ":")) << output_;
    // The folder gone, as by a disk that is not mounted: what was in force stays so.
    std::filesystem::remove_all(local());
    EXPECT_EQ(world_.command({"reload"}, &output_), 1);
    EXPECT_TRUE(said("there is no folder " + local().string())) << output_;
    EXPECT_EQ(Agency(world_, kWard).send(model::Ping{}).verdict(), "accepted");
}

}  // namespace
}  // namespace gateway::scenario
