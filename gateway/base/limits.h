#pragma once
// Every bound of the gateway in one place (promise P7). Those in Limits can be configured; what
// binds a partner is told by /v1/whoami, what binds only ourselves (the store, the writer, our own
// attempts to deliver) is not. The constants are part of the format.

#include <chrono>
#include <cstddef>

namespace gateway::base {

/// Configurable bounds with their defaults. Sizes in bytes. A plain value, copied at start.
struct Limits {
    // server: door
    std::size_t requestHeadBytes = 16 * 1024;
    std::size_t requestHeaderCount = 64;
    std::size_t requestBodyBytes = 8 * 1024 * 1024;
    /// Finished handshakes of registered channels; one channel at most as many as are still free.
    std::size_t connections = 1024;
    /// Handshakes that have not ended, in all and by address block (IPv4 /24, IPv6 /56). Beyond
    /// either the oldest of the block, or of the largest block, gives way.
    std::size_t unfinishedHandshakes = 512;
    std::size_t unfinishedHandshakesPerBlock = 64;
    /// Connections whose certificate chains to an anchor and is registered for no channel.
    std::size_t strangers = 32;
    std::size_t connectionsPerAddress = 256;
    std::size_t connectionsPerChannel = 128;
    std::size_t requestsPerConnection = 10'000;
    /// Of any kind, before anything is known but the channel; a platform carries for many.
    std::size_t requestsPerMinutePerChannel = 300'000;
    std::chrono::milliseconds handshakeTimeout{10'000};
    std::chrono::milliseconds requestTimeout{10'000};
    std::chrono::milliseconds keepAliveTimeout{15'000};
    /// Bytes a second that a body must come at, and an answer be taken at, from its first byte on:
    /// whoever is more than requestTimeout behind is cut.
    std::size_t slowestBodyRate = 32 * 1024;
    std::chrono::milliseconds longestPoll{30'000};
    std::chrono::milliseconds shutdownTimeout{5'000};
    // all that others make us hold at once: bodies, trees, renderings, answers not yet taken
    std::size_t memoryBytes = 512 * 1024 * 1024;
    std::size_t memoryBytesPerHolder = 128 * 1024 * 1024;
    // document
    std::size_t treeDepth = 64;
    std::size_t treeNodes = 200'000;
    // exchange
    std::chrono::seconds messageAheadOfClock{5 * 60};
    std::chrono::seconds messageAge{30LL * 24 * 3600};
    std::chrono::seconds querySkew{5 * 60};
    /// Being read, judged or answered; one channel at most as many as are still free.
    std::size_t messagesInFlight = 256;
    /// Signed and verified, over all of the agency's channels: messages, dry runs, questions,
    /// receipts for deliveries; and fetches of items, which are audited. A repeated message is
    /// answered before it counts.
    std::size_t messagesPerMinutePerAgency = 60'000;
    /// Class U, and what a channel brings without carrying for its signer: each leaves a record.
    std::size_t refusalsPerMinutePerChannel = 6'000;
    /// Of one message beside its files: text, items of a list, and a letter's copies together.
    std::size_t contentBytes = 1024 * 1024;
    std::size_t contentItems = 1'000;
    std::size_t letterCopiesBytes = 64 * 1024 * 1024;
    std::size_t parkedPerAgency = 1'000;
    /// What has waited so long for its ruling leaves, and its sender is told (ADR 0016).
    std::chrono::seconds parkedKept{180LL * 24 * 3600};
    /// Of one message that waits for its ruling.
    std::size_t parkedBytes = 64 * 1024;
    /// Of the cases on one page of an answer, as stored.
    std::size_t queryPageBytes = 8 * 1024 * 1024;
    std::size_t queryPage = 200;
    /// Refused bytes kept: of class U a ring for each channel, the oldest give way at once; of
    /// class A by agency, where none gives way before refusedBytesKept is over. What would not fit
    /// beside them is answered 429 and leaves nothing.
    std::size_t refusedBytesPerChannel = 64 * 1024 * 1024;
    std::size_t refusedBytesPerAgency = 64 * 1024 * 1024;
    std::chrono::seconds refusedBytesKept{3600};
    /// Records of refusals (without bytes: some 500 bytes each) of one channel or agency; beyond
    /// them the oldest give way, counted and told. A year's refusals of a whole province.
    std::size_t refusalRecordsPerHolder = 200'000;
    /// Kept of one agency till it is archived: its messages, their files, and the deliveries that
    /// they have caused. What would go beyond it is refused.
    std::size_t storedBytesPerAgency = std::size_t{64} * 1024 * 1024 * 1024;
    // trust
    std::chrono::seconds revocationGrace{72LL * 3600};
    std::size_t signersTriedWithoutHint = 8;
    // store
    std::size_t commitBatch = 128;
    std::size_t writerQueue = 1024;
    std::size_t commitBytes = 16 * 1024 * 1024;
    /// Of these two are left to look-ups; questions share the rest, one of a channel at a time.
    std::size_t storeReaders = 6;
    std::chrono::milliseconds storeWait{2'000};
    /// A write that has waited for longer than this: the disk hangs, and we say that we are not
    /// well.
    std::chrono::milliseconds storeStuckAfter{20'000};
    /// Messages a second that the background check of the log reads again; the day has time.
    std::size_t checkPerSecond = 20;
    /// Of one statement: what takes longer is interrupted.
    std::chrono::milliseconds lookUpTime{2'000};
    std::chrono::milliseconds questionTime{2'000};
    std::chrono::milliseconds statisticsTime{5'000};
    /// Free space where the store lies. Below the first: an alarm. Below the second no new message
    /// is taken; below a half of that nothing is rendered any more either, and what partners and
    /// operators must still be able to do has the rest.
    std::size_t freeSpaceWarnBytes = std::size_t{2} * 1024 * 1024 * 1024;
    std::size_t freeSpaceRefuseBytes = 512 * 1024 * 1024;
    /// Of a file that lies there for nothing, to be given up when the disk is full.
    std::size_t freeSpaceReserveBytes = 64 * 1024 * 1024;
    /// Events on one page of an answer with history, as stored.
    std::size_t queryHistoryBytes = 4 * 1024 * 1024;
    // dispatch
    std::size_t pushesPerRecipient = 2;
    std::chrono::milliseconds attemptTimeout{15'000};
    std::chrono::milliseconds firstBackOff{1'000};
    std::chrono::milliseconds longestBackOff{15 * 60 * 1000};
    std::size_t attempts = 20;
    std::size_t answerBytes = 1024 * 1024;
};

/// So much held and let go again makes it worth while to give free memory back to the system.
inline constexpr std::size_t kReleaseMemoryAfter = 32 * 1024 * 1024;
inline constexpr std::size_t kLongestDetachedHeader = 8'000;
inline constexpr std::size_t kLongestMessageId = 128;
/// Per XML element, and declarations in scope at once: libxml2 compares each with each.
inline constexpr std::size_t kXmlAttributesPerElement = 256;
inline constexpr std::size_t kXmlNamespacesInScope = 256;
inline constexpr std::size_t kXmlOutsideRoot = 16;
/// Different names of elements and attributes in one document: no format of ours has a tenth of it,
/// and every name is one more for schema, canonicalisation and refusals to carry about.
inline constexpr std::size_t kXmlDistinctNames = 2'000;
/// What a mapping may write for what it reads, bytes and nodes alike (a node counts as
/// kWrittenNode): so many times the source, and this much more. A join that copies stops there.
inline constexpr std::size_t kWrittenPerRead = 4;
inline constexpr std::size_t kWrittenBeside = 1024 * 1024;
inline constexpr std::size_t kWrittenNode = 128;
/// Nodes that its rules may look at beside that, however little it writes.
inline constexpr std::size_t kVisitedBeside = 8 * 1024 * 1024;
inline constexpr std::size_t kMostAttachments = 100;
/// Beyond this the author's bytes are not enclosed twice over (files are in the payload already);
/// the delivery says so, and the digest leads to them.
inline constexpr std::size_t kLargestOriginal = 2 * 1024 * 1024;
/// Violations named in one answer.
inline constexpr std::size_t kSchemaProblems = 20;
/// Notes of one receipt, and fields that one delivery names as left out; the last says how many
/// more there were.
inline constexpr std::size_t kReceiptNotes = 32;
inline constexpr std::size_t kLeftOutNamed = 64;
inline constexpr int kCaseVersionRetries = 5;
/// Between two looks at the free space, and what a sender is told to wait for more of it.
inline constexpr std::chrono::milliseconds kSpacePace{1'000};
inline constexpr std::chrono::seconds kSpacePause{60};
/// Between two looks at whether the store's files are still there.
inline constexpr std::chrono::milliseconds kFilePace{1'000};
/// Between two passes of the background check of the log.
inline constexpr std::chrono::minutes kCheckPause{10};
/// What may still be posted when there is little space: receipts and questions, not files.
inline constexpr std::size_t kShortBody = 64 * 1024;
/// Log lines about refusals, by source and minute; and sources told apart.
inline constexpr std::size_t kRefusalLines = 20;
inline constexpr std::size_t kRefusalSources = 1'000;
/// Bytes of what an operator writes to a delivery, and of what is kept of the words of others
/// about it; and dead letters on a page, and sent again by one act.
inline constexpr std::size_t kOperatorWords = 1'000;
inline constexpr std::size_t kKeptReason = 1'000;
inline constexpr std::size_t kDeadLetterPage = 500;
inline constexpr std::size_t kSentAgainAtOnce = 10'000;
/// Parked messages whose term is looked at in one round, and the time between rounds.
inline constexpr std::size_t kParkingEndedAtOnce = 200;
inline constexpr std::chrono::minutes kParkingRound{60};
/// How often the clock of the cases looks for what is due; at once again while there is more.
inline constexpr std::chrono::seconds kClockRound{10};
/// Bodies up to this are read and thrown away when their head is refused, so that the connection
/// lives on.
inline constexpr std::size_t kDiscardedBody = 64 * 1024;
/// What is still taken, unread, from a client that was answered before it had sent all: a reset
/// would cost it the answer. For strangers a second only.
inline constexpr std::size_t kLingerBytes = 64 * 1024 * 1024;
inline constexpr std::chrono::milliseconds kLingerTime{30'000};
inline constexpr std::chrono::milliseconds kStrangersLingerTime{1'000};
/// Who was turned away at the door: remembered by source and reason, the longest unseen give way.
inline constexpr std::size_t kDoorRefusals = 500;
/// Log lines that wait for a reader of the log; beyond it they are counted and dropped.
inline constexpr std::size_t kLogBacklogBytes = 256 * 1024;
/// The public feed: between two looks at the store, how old it may grow while the store is busy,
/// and how long what has been taken down is answered 410, counted from the last act in its case.
inline constexpr std::chrono::milliseconds kPublicationPace{2'000};
inline constexpr std::chrono::minutes kPublicationPatience{5};
inline constexpr std::chrono::days kPublicationRemembered{90};
/// Publications on a page, by default and at most.
inline constexpr std::size_t kPublicationPage = 50;
inline constexpr std::size_t kLongestPublicationPage = 200;
/// Its door: connections in all (one block of addresses at most as many as are still free),
/// requests on one, and requests a minute of a block and of all.
inline constexpr std::size_t kPublicConnections = 128;
inline constexpr std::size_t kPublicRequestsPerConnection = 100;
inline constexpr std::size_t kPublicRequestsPerMinute = 600;
inline constexpr std::size_t kAllPublicRequestsPerMinute = 30'000;
/// Between two looks of one long poll at the store: not sooner, whatever rings, nor later, for what
/// nothing rings for.
inline constexpr std::chrono::milliseconds kPollPause{100};
inline constexpr std::chrono::milliseconds kPollPatience{1'000};

}  // namespace gateway::base
