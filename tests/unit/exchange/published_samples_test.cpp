// Whatever is published as a sample of an act is taken at the door: the very reading that the
// server does, from signed bytes to a message that is understood.

#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

namespace fs = std::filesystem;
// MM-dd
bool isDayOfYear(std::string_view text) {
    const auto isDigit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    return text.size() == 5 && text[2] == '-' && isDigit(0) && isDigit(1) && isDigit(3) &&
           isDigit(4);
}

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
        for (auto at = text.find("2026-"); at != std::string::npos; at = text.find("2026-", at + 1))
            if (isDayOfYear(text.substr(at + 5, 5))) text[at + 3] = '5';
        const std::string address = "thahc/demo";
        if (const auto at = text.find(address); at != std::string::npos)
            text.replace(at, address.size(), scenario::kAddress);
        for (const std::string before : {"\"created\": \"", "<Created>"})
            if (auto at = text.find(before); at != std::string::npos) {
                at += before.size();
                text.replace(at, text.find_first_of("\"<", at) - at,
                             base::formatTimestamp(house.clock.now()));
            }
        return text;
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
