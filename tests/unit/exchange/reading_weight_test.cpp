#include "gateway/exchange/desk/reading_weight.h"

#include <gtest/gtest.h>

#include <string>

#include "gateway/base/encoding.h"
#include "gateway/base/limits.h"
#include "gateway/document/packed/unpack.h"

using namespace gateway;
using exchange::kCopiesOfBody;
using exchange::kReadNode;
using exchange::readingWeight;

namespace {

constexpr std::size_t kMost = 1'000;

std::size_t nodes(const std::string& body) {
    return (readingWeight(body, kMost) - kCopiesOfBody * body.size()) / kReadNode;
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

TEST(ReadingWeight, CountsWhatCanBecomeANode) {
    EXPECT_GE(nodes("<a b=\"1\"><c/><!-- --><?d?></a>"), 5U);
    EXPECT_GE(nodes(R"( {"a":[1,2,{}],"b":null})"), 6U);
    EXPECT_EQ(nodes("no document"), 0U);
    EXPECT_EQ(nodes(""), 0U);
}

TEST(ReadingWeight, LooksIntoACompactJws) {
    const std::string payload = "[" + repeated("0,", 300) + "0]";
    const std::string jws = "eyJhbGciOiJFUzI1NiJ9." + base::toBase64Url(payload) + ".c2ln";
    EXPECT_EQ(nodes(jws), nodes(payload));
    EXPECT_EQ(nodes("eyJhbGciOiJFUzI1NiJ9.!!!!.c2ln"), 0U);
}

TEST(ReadingWeight, StopsWhereReadersStop) {
    EXPECT_EQ(nodes("<a>" + repeated("<b/>", 5'000) + "</a>"), kMost);
}

TEST(ReadingWeight, TheHeaviestMessageFitsIntoOneShare) {
    const base::Limits limits;
    const std::size_t body = limits.requestBodyBytes;
    const std::size_t heaviest = body + kCopiesOfBody * body + kReadNode * limits.treeNodes;
    EXPECT_LE(heaviest, limits.memoryBytesPerHolder);
}

TEST(TableWeight, CountsCellsAndWhatAWorkbookUnpacksTo) {
    using document::TableForm;
    EXPECT_EQ(exchange::tableWeight("a;b\n1;2\n", TableForm::Csv, {}), 5 * kReadNode / 2);
    EXPECT_EQ(
        exchange::tableWeight(repeated("a,", 2'000), TableForm::Csv, {.rows = 10, .columns = 10}),
        100 * kReadNode / 2);
    const auto packed = document::packSingle("a", repeated("<c/>", 500));
    EXPECT_LT(packed.size(), 300U);
    EXPECT_EQ(exchange::tableWeight(packed, TableForm::Xlsx, {}), 2 * 2'000 + 500 * kReadNode);
    EXPECT_EQ(exchange::tableWeight(packed, TableForm::Xlsx, {.unpackedBytes = 1'999}), 0U);
    EXPECT_EQ(exchange::tableWeight("no workbook", TableForm::Xlsx, {}), 0U);
}

TEST(TableWeight, TheHeaviestTableFitsIntoOneShare) {
    const base::Limits limits;
    const document::TableBounds bounds;
    const std::size_t body = limits.requestBodyBytes;
    const std::size_t beside = body + kCopiesOfBody * body;
    EXPECT_LE(beside + kReadNode / 2 * bounds.rows * bounds.columns, limits.memoryBytesPerHolder);
    // What is packed so well that it fits into a body is no longer than what it unpacks to.
    const std::size_t packed = bounds.unpackedBytes;
    EXPECT_LE(packed + kCopiesOfBody * packed + 2 * bounds.unpackedBytes + kReadNode * bounds.nodes,
              limits.memoryBytesPerHolder);
}

}  // namespace
