// Spreadsheets as a tree: what an office writes, at the row and column where it stands.

#include "gateway/document/tables/table.h"

#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/document/tables/cell_dates.h"
#include "gateway/document/tables/table_writer.h"
#include "tests/support/packed_files.h"

namespace gateway::document {
namespace {

using base::ErrorCode;

Table csv(std::string_view text, const TableLayout& layout = {}) {
    auto table = readTable(text, TableForm::Csv, layout);
    EXPECT_TRUE(table.ok()) << base::render(table.error()).en;
    return std::move(table).value();
}

base::Problem problemOf(const base::Result<Table>& table) {
    EXPECT_FALSE(table.ok()) << writeJson(table->root);
    return table.ok() ? base::Problem() : table.error();
}

std::string json(const Table& table) { return writeJson(table.root); }

TEST(CsvTable, GivesRowsByTheirHeaders) {
    const auto table = csv("Số;Ngày \r\n12/2026/HC-ST;01/02/2026\r\n13;\r\n");
    EXPECT_EQ(json(table), R"({"rows":[{"Số":"12/2026/HC-ST","Ngày":"01/02/2026"},{"Số":"13"}]})");
    EXPECT_EQ(table.rows()[0].position, (base::Position{2, 0}));
    EXPECT_EQ(table.rows()[0].children[1].position, (base::Position{2, 2}));
    EXPECT_EQ(table.nameAt(2), "Ngày");
    EXPECT_EQ(table.numberOf("Ngày"), 2U);
    EXPECT_EQ(table.numberOf("Nơi"), 0U);
}

TEST(CsvTable, TakesByteOrderMarkSeparatorAndExcelsFirstLine) {
    const std::string expected = R"({"rows":[{"A":"1;x","B":"2"}]})";
    EXPECT_EQ(json(csv("\xEF\xBB\xBF"
                       "A;B\n\"1;x\";2\n")),
              expected);
    EXPECT_EQ(json(csv("A,B\n1;x,2", {.separator = ','})), expected);
    EXPECT_EQ(json(csv("A\tB\n1;x\t2", {.separator = '\t'})), expected);
    const auto said = csv("\xEF\xBB\xBFsep=,\r\nA,B\r\n1;x,2\r\n");
    EXPECT_EQ(json(said), expected) << "what the file says goes before the layout";
    EXPECT_EQ(said.rows()[0].position.line, 2U) << "a spreadsheet does not show it as a row";
}

TEST(CsvTable, CountsRowsAsASpreadsheetDoes) {
    const auto table = csv("A;B\n\"một\nhai \"\"ba\"\"\";x\n\n  \nbốn;\n");
    EXPECT_EQ(json(table), R"({"rows":[{"A":"một\nhai \"ba\"","B":"x"},{"A":"bốn"}]})");
    EXPECT_EQ(table.rows()[1].position.line, 5U);
}

TEST(CsvTable, ReadsBelowATitle) {
    const auto table = csv("DANH SÁCH;;\nTháng 2;;\nA;B;\n1;2;\n", {.headerRow = 3});
    EXPECT_EQ(json(table), R"({"rows":[{"A":"1","B":"2"}]})");
    EXPECT_EQ(table.rows()[0].position.line, 4U);
}

TEST(CsvTable, JoinsAHeaderOfTwoRows) {
    TableLayout layout;
    layout.headerRow = 2;
    layout.headerRows = 2;
    const auto table = readTable(
        "Thống kê\nSố;Tổng số;;Trong đó;;Ghi chú\n;Nam;Nữ;Nam;Nữ;\n"
        "1;2;3;4;5;x\n",
        TableForm::Csv, layout);
    ASSERT_TRUE(table.ok()) << base::render(table.error()).en;
    EXPECT_EQ(writeJson(table->rows().front()),
              R"({"Số":"1","Tổng số / Nam":"2","Tổng số / Nữ":"3","Trong đó / Nam":"4",)"
              R"("Trong đó / Nữ":"5","Ghi chú":"x"})");
    const auto twice =
        readTable("A;B\nx;x\n", TableForm::Csv, TableLayout{.headerRow = 1, .headerRows = 2});
    EXPECT_TRUE(twice.ok()) << "A / x and B / x";
    const auto alike =
        readTable("A;\nx;x\n1;2\n", TableForm::Csv, TableLayout{.headerRow = 1, .headerRows = 2});
    ASSERT_FALSE(alike.ok());
    EXPECT_EQ(alike.error().code, base::ErrorCode::TABLE_HEADER);
}

TEST(CsvTable, KnowsAHeaderHoweverItIsTyped) {
    const auto table = csv("\"Số  bản\n án\";Nga\xCC\x80y\n1;2\n");
    EXPECT_EQ(table.columns[0].name, "Số bản án");
    EXPECT_EQ(table.columns[1].name, "Ngày") << "NFC";
}

TEST(CsvTable, RefusesABrokenFileAtItsRow) {
    const auto quote = problemOf(readTable("A;B\n1;2\n3;\"x\n", TableForm::Csv));
    EXPECT_EQ(quote.code, ErrorCode::TABLE_UNREADABLE);
    EXPECT_EQ(quote.position, (base::Position{3, 2}));
    const auto inner = problemOf(readTable("A;B\n1;x\"y\n", TableForm::Csv));
    EXPECT_EQ(inner.position, (base::Position{2, 2}));
    const auto bytes = problemOf(readTable("A;B\n1;B\xE1n\n", TableForm::Csv));
    EXPECT_EQ(bytes.code, ErrorCode::TABLE_UNREADABLE);
    EXPECT_EQ(bytes.position, (base::Position{2, 2}));
    EXPECT_EQ(problemOf(readTable(std::string("A\0\n1", 4), TableForm::Csv)).code,
              ErrorCode::TABLE_UNREADABLE)
        << "UTF-16";
}

TEST(CsvTable, WantsAHeaderOfDifferentNames) {
    EXPECT_EQ(problemOf(readTable("", TableForm::Csv)).code, ErrorCode::TABLE_HEADER);
    EXPECT_EQ(problemOf(readTable("\n1;2\n", TableForm::Csv)).code, ErrorCode::TABLE_HEADER);
    const auto twin = problemOf(readTable("A;B; A \n1;2;3\n", TableForm::Csv));
    EXPECT_EQ(twin.code, ErrorCode::TABLE_HEADER);
    EXPECT_EQ(twin.position, (base::Position{1, 3}));
}

TEST(CsvTable, RefusesSingleCellsAndKeepsTheOthers) {
    const auto table = csv("A;B;\n1;2;3\n4;\x07;\n5;6;\n");
    EXPECT_EQ(json(table), R"({"rows":[{"A":"1","B":"2"},{"A":"4"},{"A":"5","B":"6"}]})");
    ASSERT_EQ(table.cellFaults.size(), 2U);
    EXPECT_EQ(table.cellFaults[0].code, ErrorCode::TABLE_CELL);
    EXPECT_EQ(table.cellFaults[0].path, "/rows/2/C");
    EXPECT_EQ(table.cellFaults[1].path, "/rows/3/B");
    EXPECT_EQ(table.cellFaults[1].position, (base::Position{3, 2}));
}

TEST(CsvTable, IsBounded) {
    std::string text = "A\n";
    for (int i = 0; i < 5; ++i) text += "x\n";
    EXPECT_TRUE(readTable(text, TableForm::Csv, {}, {.rows = 5}).ok());
    const auto rows = problemOf(readTable(text, TableForm::Csv, {}, {.rows = 4}));
    EXPECT_EQ(rows.code, ErrorCode::CONTENT_TOO_LARGE);
    EXPECT_EQ(rows.position.line, 6U);
    EXPECT_EQ(problemOf(readTable("A;B;C\n", TableForm::Csv, {}, {.columns = 2})).code,
              ErrorCode::CONTENT_TOO_LARGE);
}

constexpr const char* kMain = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
constexpr const char* kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string sheetXml(const std::string& rows, const std::string& before = {},
                     const std::string& after = {}) {
    return std::string("<worksheet ") + kMain + ">" + before + "<sheetData>" + rows +
           "</sheetData>" + after + "</worksheet>";
}

struct Book {
    std::string sheet;
    std::string before = {}, after = {};
    std::string texts =
        "<si><t>Số</t></si><si><t>Ngày</t></si>"
        "<si><r><t>12/2026</t></r><r><t>/HC-ST</t></r><rPh><t>no</t></rPh></si>";
    std::string sheets = "<sheet name=\"Tháng 2\" sheetId=\"1\" r:id=\"r1\"/>";
    std::string workbook = "";
    testing::Files more = {};
};

std::string xlsx(const Book& book) {
    const std::string kind = std::string("Type=\"") + kRelations;
    testing::Files files = {
        {"xl/workbook.xml", std::string("<workbook ") + kMain + " xmlns:r=\"" + kRelations + "\">" +
                                book.workbook + "<sheets>" + book.sheets + "</sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"r1\" " +
             kind +
             "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
             "<Relationship Id=\"r2\" " +
             kind +
             "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
             "<Relationship Id=\"r3\" " +
             kind +
             "/styles\" Target=\"styles.xml\"/>"
             "<Relationship Id=\"r4\" " +
             kind +
             "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
             "</Relationships>"},
        {"xl/styles.xml",
         std::string("<styleSheet ") + kMain +
             "><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"
             "<numFmt numFmtId=\"165\" formatCode=\"&quot;days&quot; 0\"/></numFmts>"
             "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
             "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml", std::string("<sst ") + kMain + ">" + book.texts + "</sst>"},
        {"xl/worksheets/sheet1.xml", sheetXml(book.sheet, book.before, book.after)}};
    for (const auto& file : book.more) files.push_back(file);
    return testing::packed(files);
}

const std::string kHeader =
    R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)";

base::Result<Table> book(const std::string& rows, const TableLayout& layout = {},
                         const TableBounds& bounds = {}) {
    return readTable(xlsx({.sheet = kHeader + rows}), TableForm::Xlsx, layout, bounds);
}

TEST(XlsxTable, GivesWhatTheOfficeSees) {
    const auto table = book(R"(<row r="3"><c r="A3" t="s"><v>2</v></c>
        <c r="B3" s="2"><v>46054</v></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>13</t></is></c>
        <c r="B4" s="1"><v>46054.354166666664</v></c></row>
        <row r="5"><c r="A5"><v>0.10000000000000001</v></c><c r="B5" s="3"><v>46054</v></c></row>
        <row r="6"><c r="A6" t="str"><f>A3&amp;"x"</f><v>12x</v></c>
        <c r="B6" t="b"><v>1</v></c></row>
        <row r="7"><c r="A7" s="1"/></row>)");
    ASSERT_TRUE(table.ok()) << base::render(table.error()).en;
    EXPECT_EQ(json(*table), R"({"rows":[{"Số":"12/2026/HC-ST","Ngày":"2026-02-01"},)"
                            R"({"Số":"13","Ngày":"2026-02-01T08:30:00"},)"
                            R"({"Số":"0.1","Ngày":"46054"},{"Số":"12x","Ngày":"TRUE"}]})");
    EXPECT_EQ(table->rows()[0].children[1].position, (base::Position{3, 2}));
    EXPECT_TRUE(table->cellFaults.empty());
}

TEST(XlsxTable, CountsDaysAsItsWorkbookDoes) {
    const auto table =
        readTable(xlsx({.sheet = kHeader + R"(<row r="2"><c r="B2" s="1"><v>44592</v></c></row>)",
                        .workbook = "<workbookPr date1904=\"1\"/>"}),
                  TableForm::Xlsx);
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(json(*table), R"({"rows":[{"Ngày":"2026-02-01"}]})");
}

TEST(XlsxTable, RefusesCellsThatSayNothingCertain) {
    const auto table =
        book(R"(<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" s="1"><v>60</v></c></row>
        <row r="3"><c r="A3"><f>B1+1</f></c><c r="B3" t="s"><v>77</v></c></row>
        <row r="4"><c r="A4" t="odd"><v>1</v></c><c r="C4"><v>1</v></c></row>
        <row r="5"><c r="A5"><v>9</v></c></row>)");
    ASSERT_TRUE(table.ok());
    std::vector<std::string> paths;
    for (const auto& fault : table->cellFaults) paths.push_back(fault.path);
    EXPECT_EQ(paths, (std::vector<std::string>{"/rows/2/Số", "/rows/2/Ngày", "/rows/3/Số",
                                               "/rows/3/Ngày", "/rows/4/Số", "/rows/4/C"}));
    EXPECT_NE(base::render(table->cellFaults[0]).vi.find("hàng 2, cột 1: ô báo lỗi #N/A"),
              std::string::npos)
        << base::render(table->cellFaults[0]).vi;
    EXPECT_EQ(table->rows().size(), 4U) << "a row that cannot be taken is still a row";
}

TEST(XlsxTable, NamesSheetsThatItDoesNotRead) {
    const std::string second = sheetXml(R"(<row r="1"><c r="A1"><v>5</v></c></row>)");
    const std::string sheets = R"(<sheet name="Ẩn" sheetId="2" state="hidden" r:id="r2"/>)"
                               R"(<sheet name="Tháng 2" sheetId="1" r:id="r1"/>)";
    const auto bytes = xlsx({.sheet = kHeader + R"(<row r="2"><c r="A2"><v>1</v></c></row>)",
                             .sheets = sheets,
                             .more = {{"xl/worksheets/sheet2.xml", second}}});
    const auto shown = readTable(bytes, TableForm::Xlsx);
    ASSERT_TRUE(shown.ok());
    EXPECT_EQ(json(*shown), R"({"rows":[{"Số":"1"}]})") << "not the hidden one";
    EXPECT_EQ(shown->otherSheets, std::vector<std::string>{"Ẩn"});
    const auto named = readTable(bytes, TableForm::Xlsx, {.sheet = "Ẩn"});
    ASSERT_TRUE(named.ok());
    EXPECT_EQ(named->columns[0].name, "5");
    EXPECT_EQ(named->otherSheets, std::vector<std::string>{"Tháng 2"});
    EXPECT_EQ(problemOf(readTable(bytes, TableForm::Xlsx, {.sheet = "Ba"})).code,
              ErrorCode::TABLE_UNREADABLE);
    const auto empty = xlsx({.sheet = kHeader,
                             .sheets = sheets,
                             .more = {{"xl/worksheets/sheet2.xml", sheetXml("<row/>")}}});
    EXPECT_TRUE(readTable(empty, TableForm::Xlsx)->otherSheets.empty());
}

TEST(XlsxTable, TakesNoRowThatAMergedCellReachesInto) {
    const auto table = readTable(
        xlsx(
            {.sheet = R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)" +
                      std::string(R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s">)"
                                  R"(<v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>)"
                                  R"(<row r="4"><c r="A4"><v>2</v></c><c r="B4"><v>x</v></c></row>)"
                                  R"(<row r="5"><c r="A5"><v>3</v></c></row>)"
                                  R"(<row r="6"><c r="A6"><v>4</v></c></row>)"),
             .after =
                 R"(<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B4:B5"/></mergeCells>)"}),
        TableForm::Xlsx, {.headerRow = 2});
    ASSERT_TRUE(table.ok()) << base::render(table.error()).en;
    std::vector<std::string> paths;
    for (const auto& fault : table->cellFaults) paths.push_back(fault.path);
    EXPECT_EQ(paths, (std::vector<std::string>{"/rows/4/Ngày", "/rows/5/Ngày"}));
    for (const auto* area : {"", "A", "A1:", "1:2", "A0:A1", "ZZZZZ1"})
        EXPECT_EQ(problemOf(readTable(xlsx({.sheet = kHeader,
                                            .after = "<mergeCells><mergeCell ref=\"" +
                                                     std::string(area) + "\"/></mergeCells>"}),
                                      TableForm::Xlsx))
                      .code,
                  ErrorCode::TABLE_UNREADABLE)
            << area;
}

TEST(XlsxTable, NamesRowsAndColumnsThatItReadsUnseen) {
    const auto table = readTable(
        xlsx({.sheet = kHeader +
                       R"(<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>)"
                       R"(<row r="3" hidden="1"/><row r="4"><c r="A4"><v>2</v></c></row>)",
              .before = R"(<cols><col min="2" max="3" hidden="1"/><col min="1" max="1"/></cols>)"}),
        TableForm::Xlsx);
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->rows().size(), 2U);
    EXPECT_EQ(table->hiddenRows, std::vector<std::uint32_t>{2});
    EXPECT_EQ(table->hiddenColumns, std::vector<std::uint32_t>{2});
}

TEST(XlsxTable, ReadsWhatXmlCannotHold) {
    const auto table = book(R"(<row r="2"><c r="A2" t="inlineStr"><is>)"
                            R"(<t>một_x000D_hai_x005F_x000D_ _xzz_ _x1</t></is></c>)"
                            R"(<c r="B2" t="str"><v>a_x0001_b</v></c></row>)");
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(json(*table), R"({"rows":[{"Số":"một\rhai_x000D_ _xzz_ _x1"}]})");
    ASSERT_EQ(table->cellFaults.size(), 1U);
    EXPECT_EQ(table->cellFaults[0].path, "/rows/2/Ngày");
}

TEST(XlsxTable, FindsItsWorkbookWhereTheArchiveNamesIt) {
    const std::string kind = std::string(" Type=\"") + kRelations;
    const auto named = [&](const std::string& target) {
        return testing::packed(
            {{"_rels/.rels", "<Relationships><Relationship Id=\"r1\"" + kind +
                                 "/officeDocument\" Target=\"" + target + "\"/></Relationships>"},
             {"xl/workbook2.xml", std::string("<workbook ") + kMain + " xmlns:r=\"" + kRelations +
                                      "\"><sheets><sheet name=\"x\" r:id=\"r1\"/></sheets>"
                                      "</workbook>"},
             {"xl/_rels/workbook2.xml.rels",
              "<Relationships><Relationship Id=\"r1\"" + kind +
                  "/worksheet\" Target=\"one.xml\"/></Relationships>"},
             {"xl/one.xml", sheetXml(R"(<row r="1"><c t="inlineStr"><is><t>A</t></is></c></row>)"
                                     R"(<row r="2"><c><v>1</v></c></row>)")}});
    };
    for (const auto* target : {"xl/workbook2.xml", "/xl/workbook2.xml"})
        EXPECT_EQ(json(*readTable(named(target), TableForm::Xlsx)), R"({"rows":[{"A":"1"}]})");
    EXPECT_EQ(problemOf(readTable(named("../workbook2.xml"), TableForm::Xlsx)).code,
              ErrorCode::TABLE_UNREADABLE);
}

TEST(XlsxTable, RefusesWhatIsNoWorkbook) {
    for (const auto& bytes :
         {std::string(), std::string("A;B\n1;2"), testing::packed({{"a.txt", "x"}}),
          xlsx({.sheet = kHeader + "<row"}),
          xlsx({.sheet = R"(<row r="2"/><row r="1"><c><v>1</v></c></row>)"}),
          xlsx({.sheet = R"(<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>)"}),
          xlsx({.sheet = R"(<row r="1"><c r="A2"><v>1</v></c></row>)"}),
          xlsx({.sheet = R"(<row r="9999999"><c><v>1</v></c></row>)"}),
          xlsx({.sheet = R"(<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>)"})})
        EXPECT_EQ(problemOf(readTable(bytes, TableForm::Xlsx)).code, ErrorCode::TABLE_UNREADABLE);
    auto entity = xlsx(
        {.sheet = kHeader,
         .sheets = "<sheet name=\"x\" sheetId=\"1\" r:id=\"r2\"/>",
         .more = {{"xl/worksheets/sheet2.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>"}}});
    EXPECT_EQ(problemOf(readTable(entity, TableForm::Xlsx)).code, ErrorCode::TABLE_UNREADABLE);
}

TEST(XlsxTable, IsBounded) {
    std::string rows;
    for (int i = 2; i < 40; ++i)
        rows += "<row r=\"" + std::to_string(i) + "\"><c t=\"s\"><v>0</v></c></row>";
    EXPECT_TRUE(book(rows).ok());
    EXPECT_EQ(problemOf(book(rows, {}, {.nodes = 100})).code, ErrorCode::TABLE_UNREADABLE);
    EXPECT_EQ(problemOf(book(rows, {}, {.rows = 10})).code, ErrorCode::CONTENT_TOO_LARGE);
    EXPECT_EQ(problemOf(book(rows, {}, {.unpackedBytes = 1000})).code, ErrorCode::TABLE_UNREADABLE);
    const auto bomb = xlsx({.sheet = kHeader + "<row r=\"2\"><c t=\"inlineStr\"><is><t>" +
                                     std::string(8 * 1024 * 1024, 'x') + "</t></is></c></row>"});
    EXPECT_LT(bomb.size(), 20'000U);
    EXPECT_EQ(problemOf(readTable(bomb, TableForm::Xlsx)).code, ErrorCode::TABLE_UNREADABLE);
}

TEST(XlsxTable, SurvivesEveryCutAndManyAlteredBytes) {
    const auto bytes = xlsx({.sheet = kHeader + R"(<row r="2"><c r="A2"><v>1</v></c></row>)"});
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(readTable(std::string_view(bytes).substr(0, length), TableForm::Xlsx).ok())
            << length;
    for (std::size_t at = 0; at < bytes.size(); ++at)
        for (const char flip : {'\x01', '\x80', '\xFF'}) {
            auto altered = bytes;
            altered[at] = static_cast<char>(altered[at] ^ flip);
            const auto table = readTable(altered, TableForm::Xlsx);
            if (table.ok()) {
                EXPECT_EQ(json(*table), R"({"rows":[{"Số":"1"}]})") << at;
            }
        }
}

TEST(TableWriter, WritesRowsThatAreReadAsTheSame) {
    const auto rows =
        readJson(R"({"rows":[{"Số":"12/2026","Ghi chú":"một; \"hai\"\nba"},)"
                 R"({"Tiền":1250000,"Số":"13"},{"Số":"14","Ghi chú":null,"Khẩn":true}]})")
            .value()
            .root;
    const auto text = writeCsvTable(rows, ';');
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBFSố;Ghi chú;Tiền;Khẩn\r\n")) << text;
    EXPECT_EQ(json(csv(text)), R"({"rows":[{"Số":"12/2026","Ghi chú":"một; \"hai\"\nba"},)"
                               R"({"Số":"13","Tiền":"1250000"},{"Số":"14","Khẩn":"true"}]})");
    EXPECT_EQ(writeCsvTable(readJson(R"({"A":"1,5","B":"=1+1"})")->root, ','),
              "\xEF\xBB\xBF"
              "A,B\r\n\"1,5\",'=1+1\r\n");
    EXPECT_EQ(json(csv(writeCsvTable(readJson(R"({"rows":"x"})")->root, ';'))),
              R"({"rows":[{"rows":"x"}]})")
        << "a column may bear that name";
}

TEST(TableWriter, HasNoCellForAListOrAnObject) {
    for (const auto* text : {R"({"A":[1]})", R"({"rows":[{"A":{}}]})", R"({"rows":["x"]})", "[]"})
        EXPECT_THROW(static_cast<void>(writeCsvTable(readJson(text)->root, ';')), base::Fault)
            << text;
}

TEST(CellDates, KnowsWhichFormatsShowADay) {
    for (const auto* code : {"dd/mm/yyyy", "[$-42A]d mmmm yyyy;@", "yyyy", "d\"/\"m"})
        EXPECT_TRUE(showsDate(code)) << code;
    for (const auto* code :
         {"General", "0.00", "\"day\" 0", "h:mm", "[Red]0", "0;d", "\\d0", "\"y"})
        EXPECT_FALSE(showsDate(code)) << code;
}

TEST(CellDates, CountsDays) {
    using enum DateSystem;
    EXPECT_EQ(dateOf("1", From1900), "1900-01-01");
    EXPECT_EQ(dateOf("59", From1900), "1900-02-28");
    EXPECT_EQ(dateOf("60", From1900), std::nullopt);
    EXPECT_EQ(dateOf("61", From1900), "1900-03-01");
    EXPECT_EQ(dateOf("46023", From1900), "2026-01-01");
    EXPECT_EQ(dateOf("46023.999999", From1900), "2026-01-02") << "rounded to the second";
    EXPECT_EQ(dateOf("2958465", From1900), "9999-12-31");
    EXPECT_EQ(dateOf("0", From1904), "1904-01-01");
    for (const auto* none : {"0", "-1", "2958466", "nan", "inf", "1e99", "x", "", "1 "})
        EXPECT_EQ(dateOf(none, From1900), std::nullopt) << none;
}

TEST(ColumnLetters, CountAsASpreadsheetDoes) {
    EXPECT_EQ(columnLetters(1), "A");
    EXPECT_EQ(columnLetters(26), "Z");
    EXPECT_EQ(columnLetters(27), "AA");
    EXPECT_EQ(columnLetters(702), "ZZ");
    EXPECT_EQ(columnLetters(703), "AAA");
}

}  // namespace
}  // namespace gateway::document
