// What is printed: nothing that others have said is taken for our own signs.

#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/print/csv.h"
#include "gateway/document/print/html_page.h"
#include "gateway/document/print/vietnam_time.h"

namespace gateway::document {
namespace {

TEST(HtmlPage, EscapesTextsAndAttributes) {
    HtmlPage page("A & <B>");
    page.leaf("p", "<script>\"1\" & 2</script>", {{"title", "\"><x>"}});
    page.row({"a\nb<c", "d"});
    const auto made = std::move(page).finish();
    EXPECT_NE(made.find("<title>A &amp; &lt;B&gt;</title>"), std::string::npos) << made;
    EXPECT_NE(made.find("<p title=\"&quot;&gt;&lt;x&gt;\">&lt;script&gt;&quot;1&quot; &amp; 2"),
              std::string::npos)
        << made;
    EXPECT_NE(made.find("<td>a<br>b&lt;c</td>"), std::string::npos) << made;
    EXPECT_EQ(made.find("<script"), std::string::npos);
    EXPECT_TRUE(made.ends_with("</body>\n</html>\n")) << "what is open is closed";
}

TEST(HtmlPage, SaysWhichWayItLies) {
    EXPECT_NE(HtmlPage("x").finish().find("size: A4; "), std::string::npos);
    const auto wide = HtmlPage("x", {.landscape = true, .numbered = false}).finish();
    EXPECT_NE(wide.find("A4 landscape"), std::string::npos);
    EXPECT_EQ(wide.find("counter(page)"), std::string::npos);
}

TEST(HtmlPage, ClosesNothingThatIsNotOpen) {
    HtmlPage page("x");
    page.close().close();
    EXPECT_THROW(page.close(), base::Fault);
}

TEST(Csv, QuotesWhatMustBeAndCalculatesNothing) {
    CsvText csv;
    csv.line({"a", "b,c", "d\"e", "f\ng", "=1+1", "@x", "12", ""});
    EXPECT_EQ(csv.text(),
              "\xEF\xBB\xBF"
              "a,\"b,c\",\"d\"\"e\",\"f\ng\",'=1+1,'@x,12,\r\n");
}

TEST(VietnamTime, IsTheDayAndHourOfVietNam) {
    const auto at = *base::parseTimestamp("2026-09-30T17:05:09Z");
    EXPECT_EQ(printedMoment(at), "00:05:09 ngày 01/10/2026 (giờ Việt Nam, +07:00)");
    EXPECT_EQ(shortMoment(at), "01/10/2026 00:05:09");
}

}  // namespace
}  // namespace gateway::document
