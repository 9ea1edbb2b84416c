// The three spreadsheets that are shipped, each from the office that keeps it, over the real door:
// as CSV and as XLSX, and by the client that an office without a system has.

#include "gateway/document/digest.h"
#include "tests/scenario/support/client_call.h"
#include "tests/scenario/support/sheet.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

std::string row(int index, const std::string& below) {
    return "table/rows/" + std::to_string(index) + "/" + below;
}

Sheet monthOf(const std::vector<std::string>& numbers) {
    Sheet sheet = {{"STT", "Loại văn bản", "Tòa án", "Số bản án", "Ngày bản án", "Cấp xét xử",
                    "Người khởi kiện", "Người bị kiện", "Điểm khoản 1 Điều 311",
                    "Nội dung phải thi hành", "Người phải thi hành"}};
    for (const auto& number : numbers)
        sheet.push_back({std::to_string(sheet.size()), "Bản án", kCourt, number, "02/03/2026",
                         "Sơ thẩm", "Ông Lê Văn Thử", "Ủy ban nhân dân phường Quy Nhơn", "b",
                         "Hủy Quyết định số 12/QĐ-UBND; \"lập lại\" hồ sơ.",
                         "Ủy ban nhân dân phường Quy Nhơn"});
    return sheet;
}

Sheet registerOf(const std::vector<std::string>& numbers) {
    Sheet sheet = {{"STT", "Tòa án", "Số bản án", "Ngày bản án", "Loại yêu cầu", "Số văn bản",
                    "Ngày ban hành", "Nơi nhận", "Nội dung yêu cầu"}};
    for (const auto& number : numbers)
        sheet.push_back({std::to_string(sheet.size()), kCourt, number, "02/03/2026", "d",
                         "YC-" + number, "04/06/2026", kEnforcement, "Cung cấp hồ sơ theo dõi."});
    return sheet;
}

Sheet resultsOf(const std::vector<std::string>& numbers) {
    Sheet sheet = {{"STT", "Tòa án", "Số bản án", "Ngày bản án", "Số báo cáo", "Ngày báo cáo",
                    "Nghĩa vụ", "Tiến độ", "Nội dung đã làm", "Lý do"}};
    for (const auto& number : numbers)
        sheet.push_back({std::to_string(sheet.size()), kCourt, number, "02/03/2026", "BC-" + number,
                         "05/06/2026", "1", "Đã thi hành một phần", "Đã dự thảo quyết định hủy.",
                         "Chờ ý kiến."});
    return sheet;
}

class ShippedTables : public Town, public testing::WithParamInterface<SheetForm> {
  public:
    static void SetUpTestSuite() {
        Town::SetUpTestSuite();
        reads(kCourt, "court-table/ruling");
        reads(kProcuracy, "procuracy-table/procuracy-requirement");
        reads(kCommittee, "committee-table/status-report");
        ASSERT_EQ(world().operatorPost("/v1/reload").at("done"), "true");
    }

  protected:
    static void reads(const std::string& agency, const std::string& format) {
        Enrolment enrolment;
        enrolment.agency = agency;
        enrolment.formatsIn = {"case-model-json/*", format};
        world().enrol(enrolment);
    }

    static Reply sendFile(const Agency& agency, const SheetFile& file, const std::string& type) {
        model::Envelope claims = agency.message(transferOf("1/2026/HC-ST")).envelope;
        return agency.send({file.bytes, file.mediaType,
                            agency.detachedOver(file.bytes, claims, file.mediaType, type)});
    }

    // Three rows; the one in the middle has something else in that column.
    static void expectEachRowAlone(const Agency& agency, Sheet sheet, const std::string& type,
                                   const std::string& column, const std::string& instead) {
        const auto& header = sheet[0];
        const auto at = static_cast<std::size_t>(std::find(header.begin(), header.end(), column) -
                                                 header.begin());
        ASSERT_LT(at, header.size());
        sheet[2][at] = instead;
        const auto file = saved(sheet, GetParam());
        const auto reply = sendFile(agency, file, type);
        ASSERT_TRUE(reply.sealed) << reply.body;
        EXPECT_EQ(reply.status, 200) << reply.at(row(0, "reasons/0/vi"));
        EXPECT_EQ(reply.at("table/messageType"), type);
        EXPECT_EQ(reply.at("table/bodySha256"), document::sha256(file.bytes).hex());
        EXPECT_EQ(reply.at("table/accepted"), "2");
        EXPECT_EQ(reply.at("table/refused"), "1");
        for (const int good : {0, 2}) {
            EXPECT_EQ(reply.at(row(good, "row")), std::to_string(good + 2));
            EXPECT_EQ(reply.at(row(good, "receipt/verdict")), "accepted")
                << reply.at(row(good, "reasons/0/vi"));
            EXPECT_NE(reply.at(row(good, "receipt/caseId")), "");
        }
        EXPECT_EQ(reply.at(row(1, "row")), "3");
        EXPECT_EQ(reply.at(row(1, "reasons/0/path")), "/rows/3/" + column);
        EXPECT_EQ(reply.at(row(1, "reasons/0/line")), "3");
        EXPECT_EQ(reply.at(row(1, "reasons/0/column")), std::to_string(at + 1));
        const auto place =
            std::string("hàng 3, cột ") + static_cast<char>('A' + at) + " “" + column + "”";
        EXPECT_NE(reply.at(row(1, "reasons/0/vi")).find(place), std::string::npos)
            << reply.at(row(1, "reasons/0/vi"));
    }

    static std::vector<std::string> three(const std::function<std::string()>& number) {
        return {number(), number(), number()};
    }
};

TEST_P(ShippedTables, ACourtSendsItsMonth) {
    expectEachRowAlone(court(), monthOf(three(newNumber)), "JudgmentTransfer", "Ngày bản án",
                       "30/02/2026");
}

TEST_P(ShippedTables, AProcuracySendsItsRegister) {
    const auto numbers = three([] { return noticedCase("TB-VKS-" + newNumber()); });
    expectEachRowAlone(procuracy(), registerOf(numbers), "ProcuracyRequirement", "Loại yêu cầu",
                       "k");
}

TEST_P(ShippedTables, ACommitteeSendsItsResults) {
    const auto numbers = three([] { return noticedCase("TB-UB-" + newNumber()); });
    expectEachRowAlone(committee(), resultsOf(numbers), "StatusReport", "Tiến độ",
                       "Đã thi hành xong");
}

TEST_P(ShippedTables, TheClientSignsATableAndTellsOfItsRows) {
    auto sheet = monthOf(three(newNumber));
    sheet[2][3] = "";
    const auto file = saved(sheet, GetParam());
    const auto name = (world().folder() / ("month" + file.ending)).string();
    writeFile(name, file.bytes);
    const std::vector<std::string> words = {"send",   name,     "--to",
                                            kAddress, "--type", "JudgmentTransfer"};
    const auto tried = [&](std::vector<std::string> more, const std::string& last = "--json") {
        more.insert(more.begin(), words.begin(), words.end());
        return clientSaid(world(), kCourt, std::move(more), {}, last);
    };
    const auto sent = tried({});
    EXPECT_EQ(sent.code, 1) << "a row was refused: " << sent.output;
    EXPECT_EQ(sent.at("status"), "200");
    EXPECT_EQ(sent.at("verified"), "true");
    EXPECT_EQ(sent.at("content/table/messageId"), "table-" + document::sha256(file.bytes).hex());
    EXPECT_EQ(sent.at("content/table/accepted"), "2");
    EXPECT_EQ(sent.at("content/" + row(1, "reasons/0/path")), "/rows/3/Số bản án");

    const auto again = tried({}, "");
    EXPECT_EQ(again.code, 1);
    const auto receipt = sent.at("content/" + row(0, "receipt/receiptId"));
    EXPECT_NE(again.output.find("row 2  accepted  " + receipt), std::string::npos) << again.output;
    EXPECT_NE(again.output.find("row 3  refused  MAPPING_"), std::string::npos) << again.output;
    EXPECT_NE(again.output.find("hàng 3, cột D “Số bản án”"), std::string::npos) << again.output;
    EXPECT_NE(again.output.find("2 rows accepted, 1 refused"), std::string::npos) << again.output;

    sheet.erase(sheet.begin() + 2);
    writeFile(name, saved(sheet, GetParam()).bytes);
    const auto whole = tried({"--dry-run", "--id", "thang-3"});
    EXPECT_EQ(whole.code, 0) << whole.output;
    EXPECT_EQ(whole.at("content/table/messageId"), "thang-3");
    EXPECT_EQ(commandSaid({World::binary(), "client", "send", name, "--to", kAddress, "--type",
                           "JudgmentTransfer"})
                  .code,
              2)
        << "what became of the rows stands under the gateway's seal";
}

INSTANTIATE_TEST_SUITE_P(Forms, ShippedTables, testing::Values(SheetForm::Csv, SheetForm::Xlsx),
                         [](const auto& form) {
                             return form.param == SheetForm::Csv ? "Csv" : "Xlsx";
                         });

// The files that stand beside the mappings, as they are: what they say is one story.
class SamplesOverTheDoor : public ShippedTables {
  protected:
    static void expectWhole(const Agency& agency, const std::string& sample,
                            const std::string& type) {
        const auto bytes = readFile(std::filesystem::path(THAHC_SOURCE_DIR "/mappings") / sample);
        const auto csv = saved({}, SheetForm::Csv), xlsx = saved({}, SheetForm::Xlsx);
        const auto& form = sample.ends_with(csv.ending) ? csv : xlsx;
        const auto reply = sendFile(agency, {bytes, form.mediaType, form.ending}, type);
        EXPECT_EQ(reply.status, 200) << sample << reply.body;
        EXPECT_EQ(reply.at("table/accepted"), "2") << sample;
        EXPECT_EQ(reply.at("table/refused"), "0") << reply.at(row(0, "reasons/0/vi"));
    }
};

TEST_P(SamplesOverTheDoor, GoInAsTheyAre) {
    const std::string ending = saved({}, GetParam()).ending;
    expectWhole(court(), "court-table/ruling/ok-month" + ending, "JudgmentTransfer");
    expectWhole(procuracy(), "procuracy-table/procuracy-requirement/ok-register" + ending,
                "ProcuracyRequirement");
}

INSTANTIATE_TEST_SUITE_P(Forms, SamplesOverTheDoor,
                         testing::Values(SheetForm::Csv, SheetForm::Xlsx), [](const auto& form) {
                             return form.param == SheetForm::Csv ? "Csv" : "Xlsx";
                         });

}  // namespace
}  // namespace gateway::scenario
