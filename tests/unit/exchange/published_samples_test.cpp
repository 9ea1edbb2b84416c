// Whatever is published as a sample of an act is taken at the door: the very reading that the
// server does, from signed bytes to a message that is understood.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

namespace fs = std::filesystem;
const fs::path kSamples = THAHC_SOURCE_DIR "/mappings/acts/samples";

std::vector<fs::path> samplesThatAreTaken() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(kSamples))
        if (entry.path().filename().string().starts_with("ok")) found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

class PublishedSamples : public testing::Test {
  protected:
    /// As if written today to this gateway; its days a year ago, so that none is to come.
    [[nodiscard]] std::string ofToday(const fs::path& file) const {
        std::ifstream in(file, std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        text = std::regex_replace(text, std::regex("20(26)-(?=[0-9]{2}-[0-9]{2})"), "2025-");
        text = std::regex_replace(text, std::regex("thahc/demo"), scenario::kAddress);
        return std::regex_replace(text, std::regex("(\"created\": \"|<Created>)[^\"<]*"),
                                  "$01" + base::formatTimestamp(house.clock.now()));
    }
    /// Read at the door as each agency's word, until one may say it.
    [[nodiscard]] base::Result<Received, Refused> readAtTheDoor(const fs::path& file) const {
        const Reception door({"thahc", "test"}, house.limits);
        const auto text = ofToday(file);
        std::optional<Refused> refused;
        for (const auto* agency : agencies) {
            const auto message =
                file.extension() == ".xml" ? agency->signXml(text) : agency->signJson(text);
            auto received =
                door.receive(house.inbound(agency->code(), message), Reception::Purpose::Message);
            if (received) return received;
            refused = std::move(received).error();
            if (refused->problems.front().code != base::ErrorCode::FORBIDDEN_TYPE) break;
        }
        return *std::move(refused);
    }
    [[nodiscard]] static std::string payloadOf(const Received& received) {
        auto ours = mapping::unbindMessage(received.message);
        return document::writeJson(ours.children.at(1));
    }

    House house;
    const scenario::Agency department{world(), "G15.90"};
    const std::vector<const scenario::Agency*> agencies = {&house.court,       &house.otherCourt,
                                                           &house.enforcement, &house.procuracy,
                                                           &house.committee,   &department};
};

TEST_F(PublishedSamples, AreUnderstoodInBothForms) {
    std::map<std::string, std::string> said;  // by file without its extension
    int taken = 0;
    for (const auto& file : samplesThatAreTaken()) {
        SCOPED_TRACE(fs::relative(file, kSamples));
        const auto received = readAtTheDoor(file);
        if (!received) {
            // Understood before it is asked who may say it: some are the word of offices that
            // have no part in this house.
            for (const auto& problem : received.error().problems)
                EXPECT_EQ(problem.code, base::ErrorCode::FORBIDDEN_TYPE) << render(problem).en;
            EXPECT_EQ(received.error().messageType, file.parent_path().filename());
            continue;
        }
        ++taken;
        EXPECT_EQ(model::typeNameOf(received->message.payload), file.parent_path().filename());
        auto stem = file;
        const auto [before, isFirst] =
            said.try_emplace(stem.replace_extension(), payloadOf(*received));
        EXPECT_EQ(before->second, payloadOf(*received)) << "the two forms say different things";
    }
    EXPECT_GT(taken, 130);
}

}  // namespace
}  // namespace gateway::exchange::fixture
