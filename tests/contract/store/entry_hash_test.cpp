// entry_hash: frozen bytes, and every covered field counts.

#include "gateway/store/entry_hash.h"

#include <functional>

#include "gateway/document/digest.h"
#include "tests/contract/store/samples.h"

#include <gtest/gtest.h>

using namespace gateway::store;
using namespace gateway::contract;

TEST(EntryHash, EveryCoveredFieldCounts) {
    const MessageRecord whole = message("TA.AG", "m-1");
    EXPECT_TRUE(entryHolds(whole));
    const std::function<void(MessageRecord&)> changes[] = {
        [](MessageRecord& m) { m.agency += "x"; },
        [](MessageRecord& m) { m.messageId += "x"; },
        [](MessageRecord& m) { m.messageType += "x"; },
        [](MessageRecord& m) { m.channel += "x"; },
        [](MessageRecord& m) { m.signerSha256[0] = 'x'; },
        [](MessageRecord& m) { m.bodySha256[0] = 'x'; },
        [](MessageRecord& m) { m.body += "x"; },
        [](MessageRecord& m) { m.contentSha256[0] = 'x'; },
        [](MessageRecord& m) { m.mediaType += "x"; },
        [](MessageRecord& m) { m.detachedHeader += "x"; },
        [](MessageRecord& m) { m.receivedAt += std::chrono::milliseconds(1); },
        [](MessageRecord& m) { m.decidedAt += std::chrono::milliseconds(1); },
        [](MessageRecord& m) { m.caseId += "x"; },
        [](MessageRecord& m) { ++m.caseVersion; },
        [](MessageRecord& m) { m.mappingId += "x"; },
        [](MessageRecord& m) { m.mappingSha256[0] = 'x'; },
        [](MessageRecord& m) { m.rulesSha256[0] = 'x'; },
        [](MessageRecord& m) { m.events += " "; },
        [](MessageRecord& m) { m.receiptId += "x"; },
    };
    int n = 0;
    for (const auto& change : changes) {
        MessageRecord changed = whole;
        change(changed);
        EXPECT_FALSE(entryHolds(changed)) << "change " << n;
        ++n;
    }
}

TEST(EntryHash, ChangedBodyOfTheSameLengthIsSeen) {
    MessageRecord changed = message("TA.AG", "m-1");
    changed.body[1] = 'b';
    EXPECT_FALSE(entryHolds(changed));
}

TEST(EntryHash, FramingIsTheDocumentedOne) {
    MessageRecord record;
    record.agency = "H01";
    record.body = "abc";
    record.events = "[]";
    gateway::document::FieldDigest digest;
    digest.add("thahc-entry-1").add("H01");
    for (int empty = 0; empty < 5; ++empty) {
        digest.add("");
    }
    digest.add("3").add("").add("").add("");
    digest.add("1970-01-01T00:00:00.000Z").add("1970-01-01T00:00:00.000Z");
    digest.add("").add("0").add("").add("").add("");
    digest.add(gateway::document::sha256("[]").hex()).add("");
    EXPECT_EQ(entryHash(record), digest.finish().hex());
}
