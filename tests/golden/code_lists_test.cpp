// What the case model can say, the code lists can say: an enumerator that is added without a word
// of the partners' would be an alarm in the night, here it is a failed test.

#include <gtest/gtest.h>

#include "gateway/base/error_catalogue.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/cases/event.h"
#include "gateway/model/names.h"
#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

namespace model = gateway::model;

template <model::Named E>
void expectWords(std::string_view list) {
    const auto& lists = codeListsInService();
    ASSERT_TRUE(lists.knows(list)) << list;
    for (const auto& [value, name] : model::Names<E>::table) {
        const auto theirs = lists.toTheirs(list, name, {});
        ASSERT_TRUE(theirs.has_value()) << list << " has no word for " << name;
        EXPECT_EQ(lists.toOurs(list, *theirs, {}), name);
    }
}

TEST(CodeLists, HaveAWordForEachOfOurs) {
    expectWords<model::Category>("diem-dieu-311");
    expectWords<model::Stage>("trang-thai");
    expectWords<model::EventType>("su-kien");
    expectWords<model::Progress>("tien-do");
    expectWords<model::DeliveryVerdict>("ket-qua-nhan");
}

// A misspelt code of ours would never be looked up, and the partner would never read its own.
TEST(CodeLists, OfErrorsNameErrors) {
    const std::filesystem::path mappings(std::filesystem::path(THAHC_SOURCE_DIR) / "mappings");
    const std::vector<std::string> files = {
        "parts/ma-loi-thi-hanh-an.xml", "parts/ma-loi-toa-an.xml",
        "parts/ma-loi-uy-ban-nhan-dan.xml", "parts/ma-loi-vien-kiem-sat.xml",
        "committee-tracker/evidence.xml"};
    for (const auto& file : files) {
        const auto content = contentOf(bytesOf(mappings / file), gateway::document::Form::Xml);
        std::size_t codes = 0;
        for (const auto& list : content.tree.root.children) {
            if (list.name != "code-list" || list.attribute("name")->value == "ket-qua-tiep-nhan")
                continue;
            EXPECT_EQ(list.attribute("unknown")->value, "keep") << file;
            for (const auto& code : list.children) {
                if (code.name != "code") continue;
                ++codes;
                EXPECT_TRUE(gateway::base::errorCodeFromName(code.attribute("ours")->value))
                    << file << ": " << code.attribute("ours")->value;
            }
        }
        EXPECT_GE(codes, 14U) << file;
    }
}

TEST(CodeLists, KnowTheLetterDInBothCases) {
    EXPECT_EQ(codeListsInService().toOurs("diem-dieu-311", "đ", {}), "dd");
    EXPECT_EQ(codeListsInService().toOurs("diem-dieu-311", "Đ", {}), "dd");
    EXPECT_EQ(codeListsInService().toOurs("diem-dieu-311", "d", {}), "d");
    EXPECT_EQ(codeListsInService().toTheirs("diem-dieu-311", "dd", {}), "đ");
    EXPECT_FALSE(codeListsInService().toOurs("diem-dieu-311", "f", {}).has_value());
}

}  // namespace
}  // namespace golden
