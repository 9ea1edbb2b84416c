// The canonical formats carry the whole case model: a message with every member filled goes out
// and comes back without a loss, whatever is added to the model.

#include <gtest/gtest.h>

#include <type_traits>

#include "gateway/mapping/binding.h"
#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

namespace model = gateway::model;
namespace mapping = gateway::mapping;
namespace base = gateway::base;

/// Fills every member of a structure with a value that tells it from the others.
class Filler {
  public:
    template <class T>
    void required(std::string_view name, T& member) {
        fill(name, member);
    }
    template <class T>
    void optional(std::string_view name, T& member) {
        fill(name, member);
    }

  private:
    // Texts that a format checks: digests and files.
    static bool endsWith(std::string_view name, std::string_view tail) {
        return name.ends_with(tail);
    }
    void fill(std::string_view name, std::string& member) {
        ++count_;
        if (name == "content" || name == "original")
            member = "YWJj";
        else if (endsWith(name, "ha256"))
            member = std::string(62, 'a') + "01";
        else
            member = std::string(name) + " số " + std::to_string(count_);
    }
    void fill(std::string_view, bool& member) { member = true; }
    void fill(std::string_view, std::int64_t& member) { member = ++count_; }
    void fill(std::string_view, base::Date& member) {
        member = base::Date(std::chrono::sys_days(std::chrono::days(20000 + ++count_)));
    }
    void fill(std::string_view, base::Timestamp& member) {
        member = base::Timestamp(std::chrono::milliseconds(1'780'000'000'123 + ++count_));
    }
    template <model::Named E>
    void fill(std::string_view, E& member) {
        member = std::rbegin(model::Names<E>::table)->first;
    }
    template <class T>
    void fill(std::string_view name, std::optional<T>& member) {
        fill(name, member.emplace());
    }
    template <class T>
    void fill(std::string_view name, std::vector<T>& member) {
        member.resize(2);
        for (T& item : member) fill(name, item);
    }
    template <class S>
    requires requires(Filler& filler, S& structure) { describe(filler, structure); }
    void fill(std::string_view, S& member) { describe(*this, member); }

    std::int64_t count_ = 0;
};

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
        const std::string id = GetParam() + "/" + kebab(name);
        SCOPED_TRACE(id);
        const auto* const plan = formatsInService().find(id);
        ASSERT_NE(plan, nullptr);
        const auto ours = mapping::unbindMessage(filled(type));
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
