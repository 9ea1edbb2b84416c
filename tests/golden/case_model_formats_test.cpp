// The canonical formats carry the whole case model: a message with every member filled goes out
// and comes back without a loss, whatever is added to the model.

#include <gtest/gtest.h>

#include "gateway/mapping/binding.h"
#include "tests/golden/filler.h"
#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

namespace model = gateway::model;
namespace mapping = gateway::mapping;

model::Message filled(model::MessageType type) {
    model::Message message;
    Filler filler;
    describe(filler, message.envelope);
    message.envelope.type = type;
    message.envelope.id = "VD-2026-1";
    message.payload = model::emptyPayload(type);
    std::visit([&filler](auto& payload) { describe(filler, payload); }, message.payload);
    describe(filler, message.delivery.emplace());
    return message;
}

std::string kebab(std::string_view name) {
    std::string text;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !text.empty()) text += '-';
        text += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

class CaseModelFormats : public testing::TestWithParam<std::string> {};

TEST_P(CaseModelFormats, CarryEveryMemberOfEveryMessage) {
    for (const auto& [type, name] : model::Names<model::MessageType>::table) {
        if (type == model::MessageType::DeclaredAct) continue;  // published in case-acts.*
        const std::string id = GetParam() + "/" + kebab(name);
        SCOPED_TRACE(id);
        const auto* const plan = formatsInService().find(id);
        ASSERT_NE(plan, nullptr);
        const auto ours = mapping::unbindMessage(filled(type));
        EXPECT_EQ(plan->leftOut(ours, {}), std::vector<std::string>());
        const std::string bytes = plan->write(ours, {});
        const auto content = contentOf(bytes, plan->theirs());
        ASSERT_TRUE(plan->accepts(content));
        const auto back = plan->read(content, {});
        ASSERT_TRUE(back.ok()) << render(back.error().front()).en << bytes;
        EXPECT_EQ(comparable(back->ours), comparable(ours));
        const auto message = mapping::bindMessage(back->ours);
        ASSERT_TRUE(message.ok()) << render(message.error().front()).en;
        EXPECT_EQ(comparable(mapping::unbindMessage(*message)), comparable(ours));
    }
}

INSTANTIATE_TEST_SUITE_P(Both, CaseModelFormats,
                         testing::Values("case-model-json", "case-model-xml"),
                         [](const auto& format) { return format.param.substr(11); });

}  // namespace
}  // namespace golden
