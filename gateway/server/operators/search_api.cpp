#include "gateway/server/operators/search_api.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/reference/number_key.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Node;

constexpr std::size_t kUsual = 100, kMost = 500;

/// The members of a question, each taken at most once; what nobody takes is no member of it.
class Asked {
  public:
    Asked(const Node& object, const exchange::Snapshots& snapshots) :
        object_(object), snapshots_(snapshots) {}

    std::string text(const char* name) {
        taken_.insert(name);
        const auto* member = object_.child(name);
        if (!member) return {};
        if (!member->isLeaf()) wrong(name);
        return member->value;
    }
    /// As the directory writes it, if it knows it.
    std::string agency(const char* name) {
        auto code = text(name);
        const auto snapshot = snapshots_.current();
        const auto* known = snapshot->reference->directory().find(code);
        return known ? known->code : code;
    }
    std::string digest(const char* name) {
        auto hex = document::lowerCaseHex(text(name));
        const bool good =
            hex.size() == 64 && hex.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!hex.empty() && !good) wrong(name);
        return hex;
    }
    std::size_t number(const char* name, std::size_t usual, std::size_t most) {
        const auto digits = text(name);
        if (digits.empty()) return usual;
        std::size_t value = 0;
        const auto [end, failed] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (failed != std::errc() || end != digits.data() + digits.size() || value == 0 ||
            value > most)
            wrong(name);
        return value;
    }
    /// Days in Viet Nam, the last one included, or instants (RFC 3339).
    store::SearchPeriod period() {
        store::SearchPeriod period;
        period.from = instant("from", std::chrono::days(0));
        period.until = instant("until", std::chrono::days(1));
        if (period.from && period.until && *period.until < *period.from) wrong("until");
        return period;
    }
    std::optional<store::CaseAlias> ruling() {
        const auto court = agency("court");
        const auto numbered = text("number"), issuedOn = text("issuedOn");
        if (court.empty() && numbered.empty() && issuedOn.empty()) return std::nullopt;
        if (court.empty()) wrong("court");
        if (numbered.empty()) wrong("number");
        const auto day = base::parseDate(issuedOn);
        if (!day) wrong("issuedOn");
        return store::CaseAlias{court, exchange::numberKey(numbered, day), issuedOn};
    }
    void wrong(const std::string& name) {
        if (wrong_.empty()) wrong_ = name;
    }
    /// The first member that is wrong or that nobody knows.
    [[nodiscard]] std::string firstWrong() const {
        for (const auto& member : object_.children)
            if (wrong_.empty() && !taken_.contains(member.name)) return member.name;
        return wrong_;
    }

  private:
    std::optional<base::Timestamp> instant(const char* name, std::chrono::days added) {
        const auto written = text(name);
        if (written.empty()) return std::nullopt;
        if (const auto day = base::parseDate(written)) {
            const auto midnight =
                base::parseTimestamp(base::formatDate(*day) + "T00:00:00+07:00").value();
            // Its last millisecond.
            return midnight + added - std::chrono::milliseconds(added.count() > 0 ? 1 : 0);
        }
        const auto at = base::parseTimestamp(written);
        if (!at) wrong(name);
        return at;
    }

    const Node& object_;
    const exchange::Snapshots& snapshots_;
    std::set<std::string, std::less<>> taken_;
    std::string wrong_;
};

Node nodeOf(const store::FoundMessage& found) {
    const auto& message = found.message;
    Node node = document::objectNode();
    addNumber(node, "position", message.position);
    addText(node, "verdict", found.waiting ? "parked" : "accepted");
    addText(node, "agency", message.agency);
    addText(node, "messageId", message.messageId);
    addText(node, "type", message.messageType);
    addText(node, "channel", message.channel);
    addText(node, "case", message.caseId);
    addText(node, "receipt", message.receiptId);
    addText(node, "receivedAt", base::formatTimestamp(message.receivedAt));
    addText(node, "decidedAt", base::formatTimestamp(message.decidedAt));
    addText(node, "signerSha256", message.signerSha256);
    addText(node, "bodySha256", message.bodySha256);
    addText(node, "contentSha256", message.contentSha256);
    addText(node, "mediaType", message.mediaType);
    addNumber(node, "bytes", message.bodyLength);
    addText(node, "mapping", message.mappingId);
    return node;
}

Node nodeOf(const store::RefusalRecord& refusal) {
    Node node = document::objectNode();
    addNumber(node, "number", refusal.number);
    addText(node, "verdict", "refused");
    addText(node, "code", refusal.code);
    addText(node, "agency", refusal.agency);
    addText(node, "messageId", refusal.messageId);
    addText(node, "channel", refusal.channel);
    addText(node, "refusal", refusal.refusalId);
    addText(node, "at", base::formatTimestamp(refusal.at));
    addText(node, "bodySha256", refusal.bodySha256);
    addNumber(node, "bytes", refusal.length);
    return node;
}

Node nodeOf(const store::ReadAudit& read) {
    Node node = document::objectNode();
    addNumber(node, "number", read.number);
    addText(node, "agency", read.agency);
    addText(node, "channel", read.channel);
    addText(node, "at", base::formatTimestamp(read.at));
    addText(node, "purpose", read.purpose);
    addText(node, "queryId", read.queryId);
    addText(node, "item", read.itemId);
    addText(node, "questionSha256", read.questionSha256);
    addText(node, "answerSha256", read.answerSha256);
    // As it was recorded: a JSON list of ours.
    if (auto cases = document::readJson(read.caseIds, document::kOwnBounds)) {
        cases->root.name = "cases";
        node.children.push_back(std::move(cases->root));
    }
    return node;
}

std::int64_t numberOf(const store::FoundMessage& found) { return found.message.position; }
std::int64_t numberOf(const store::RefusalRecord& refusal) { return refusal.number; }
std::int64_t numberOf(const store::ReadAudit& read) { return read.number; }

template <class Found>
Response listed(const char* name, const std::vector<Found>& found, std::size_t limit) {
    Node list = document::arrayNode(name);
    for (const auto& one : found) list.children.push_back(nodeOf(one));
    Node root = document::objectNode();
    root.children.push_back(std::move(list));
    if (found.size() == limit) addNumber(root, "next", numberOf(found.back()));
    return {200, "application/json", {}, document::writeJson(root)};
}

store::MessageSearch messageSearch(Asked& asked) {
    store::MessageSearch search;
    search.agency = asked.agency("agency");
    search.messageId = asked.text("id");
    search.receiptId = asked.text("receipt");
    search.digest = asked.digest("digest");
    search.caseId = asked.text("case");
    search.ruling = asked.ruling();
    search.channel = asked.text("channel");
    search.messageType = asked.text("type");
    if (!search.messageType.empty() && !model::isTypeName(search.messageType)) asked.wrong("type");
    const auto waiting = asked.text("waiting");
    if (!waiting.empty() && waiting != "true" && waiting != "false") asked.wrong("waiting");
    search.waiting = waiting == "true";
    search.received = asked.period();
    return search;
}

store::RefusalSearch refusalSearch(Asked& asked) {
    store::RefusalSearch search;
    search.agency = asked.agency("agency");
    search.messageId = asked.text("id");
    search.refusalId = asked.text("refusal");
    search.digest = asked.digest("digest");
    search.channel = asked.text("channel");
    search.code = asked.text("code");
    search.at = asked.period();
    return search;
}

store::ReadSearch readSearch(Asked& asked) {
    store::ReadSearch search;
    search.agency = asked.agency("agency");
    search.channel = asked.text("channel");
    search.caseId = asked.text("case");
    search.itemId = asked.text("item");
    search.at = asked.period();
    return search;
}

}  // namespace

std::optional<Response> SearchApi::handle(const Request& request) {
    static constexpr std::string_view kPlace = "/v1/find/";
    if (request.method != "POST" || !request.path.starts_with(kPlace)) return std::nullopt;
    const auto what = request.path.substr(kPlace.size());
    if (what != "messages" && what != "refusals" && what != "reads") return std::nullopt;
    const auto problem = [&request](const Problem& why) {
        return problemResponse(why, request.correlation);
    };
    auto tree = document::readJson(request.body.empty() ? "{}" : request.body);
    if (!tree) return problem(tree.error());
    Asked asked(tree->root, snapshots_);
    const auto limit = asked.number("limit", kUsual, kMost);
    const auto before = static_cast<std::int64_t>(asked.number("before", 0, INT64_MAX));
    const auto answer = [&](const char* name, const auto& search, auto member) {
        if (const auto wrong = asked.firstWrong(); !wrong.empty())
            return problem(Problem(ErrorCode::HTTP_BAD_PARAMETER).with("name", wrong));
        try {
            return listed(name, (log_.*member)(search, before, limit), limit);
        } catch (const store::StoreTooCostly&) {
            return problem(Problem(ErrorCode::QUERY_TOO_COSTLY));
        }
    };
    if (what == "messages")
        return answer("messages", messageSearch(asked), &store::LogSearch::messages);
    if (what == "refusals")
        return answer("refusals", refusalSearch(asked), &store::LogSearch::refusals);
    return answer("reads", readSearch(asked), &store::LogSearch::reads);
}

}  // namespace gateway::server
