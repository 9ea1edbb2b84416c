#include "gateway/exchange/records/rereading.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/exchange/tables/table_reception.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/tables.h"
#include "gateway/trust/unsealed.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Kind;
using document::Node;

constexpr std::size_t kLongestTold = 200;
constexpr std::string_view kRow = "; row=";
// As large as what we wrote ourselves may be, and with the positions by which it is told.
constexpr document::ReadBounds kLaidOut{document::kOwnBounds.depth, document::kOwnBounds.nodes};

// Place in the case model -> value.
using Fields = std::map<std::string, std::string>;

void addFields(const Node& node, const std::string& path, Fields& fields) {
    if (node.isLeaf()) {
        fields[path] = node.value;
        return;
    }
    std::size_t at = 0;
    for (const auto& child : node.children)
        addFields(child,
                  path + "/" + (node.kind == Kind::Array ? std::to_string(at++) : child.name),
                  fields);
}

std::vector<ReadDifference> differencesOf(const Node& before, const Node& after) {
    Fields was, becomes;
    addFields(before, {}, was);
    addFields(after, {}, becomes);
    std::vector<ReadDifference> list;
    for (const auto& [path, value] : was) {
        const auto now = becomes.find(path);
        if (now == becomes.end())
            list.push_back({path, base::shortened(value, kLongestTold), std::nullopt});
        else if (now->second != value)
            list.push_back({path, base::shortened(value, kLongestTold),
                            base::shortened(now->second, kLongestTold)});
    }
    for (const auto& [path, value] : becomes)
        if (!was.contains(path))
            list.push_back({path, std::nullopt, base::shortened(value, kLongestTold)});
    std::ranges::sort(list, {}, &ReadDifference::path);
    return list;
}

// Whether a mapping was what refused it: what the law or the envelope refused, none will mend.
bool wasForItsContent(std::string_view code) {
    return code.starts_with("MAPPING_") || code.starts_with("AGENCY_") || code == "SCHEMA_INVALID";
}

// A refusal does not keep how its bytes were declared.
std::string mediaTypeOf(std::string_view bytes) {
    const auto first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string_view::npos && bytes[first] == '<' ? "application/xml"
                                                                  : "application/jose";
}

std::uint32_t rowIn(std::string_view mediaType) {
    std::uint32_t row = 0;
    const auto digits = mediaType.substr(mediaType.find(kRow) + kRow.size());
    static_cast<void>(std::from_chars(digits.data(), digits.data() + digits.size(), row));
    return row;
}

}  // namespace

struct Rereading::Opened {
    document::Content content;
    mapping::ExchangeValues values;
    std::uint32_t row = 0;  ///< of a table
    base::Date day{};
};

mapping::ExchangeValues Rereading::valuesOf(const std::string& agency, const std::string& channel,
                                            base::Timestamp receivedAt) const {
    mapping::ExchangeValues values{{"sender", agency},
                                   {"channel", channel},
                                   {"gateway", identity_.address()},
                                   {"receivedAt", base::formatTimestamp(receivedAt)}};
    addSettings(*snapshot_.registry, agency, values);
    return values;
}

base::Result<Rereading::Opened> Rereading::open(const store::MessageRecord& kept) const {
    Opened opened;
    const bool row = isRow(kept.mediaType);
    const auto mediaType = kept.mediaType.substr(0, kept.mediaType.find(kRow));
    auto unsealed = trust::unsealed({kept.body, mediaType, kept.detachedHeader}, {});
    if (!unsealed) return std::move(unsealed).error();
    opened.content = std::move(unsealed->content);
    opened.values = valuesOf(kept.agency, kept.channel, kept.receivedAt);
    opened.day = base::vietnamDate(kept.receivedAt);
    if (row) opened.row = rowIn(kept.mediaType);
    if (const auto& claims = unsealed->claims) {
        opened.values["audience"] = claims->audience;
        opened.values["messageId"] =
            row ? TableReception::rowId(document::sha256(kept.body).hex(), opened.row) : claims->id;
        opened.values["messageType"] = claims->type;
        opened.values["createdAt"] = base::formatTimestamp(claims->issuedAt);
    }
    return opened;
}

Rereading::Read Rereading::read(const mapping::Plan& plan, const Opened& opened,
                                mapping::Detail detail) const {
    const auto noFormat = [&](std::string root) {
        return std::vector{Problem(ErrorCode::MAPPING_NO_FORMAT).with("root", std::move(root))};
    };
    const document::Content* content = &opened.content;
    document::Content row;
    if (const auto& file = opened.content.table) {
        if (!plan.table()) return noFormat("table");
        const auto table = document::readTable(file->bytes, file->form, *plan.table());
        if (!table) return std::vector{table.error()};
        if (!mapping::acceptsTable(plan, *table)) return noFormat("table");
        for (const auto& each : table->rows())
            if (each.position.line == opened.row) row = mapping::rowContent(each);
        content = &row;
    } else if (plan.table() || !plan.accepts(*content)) {
        return noFormat(content->tree.root.name.empty() ? "JSON" : content->tree.root.name);
    }
    auto mapped = plan.read(*content, opened.values, detail);
    if (!mapped) return std::move(mapped).error();
    if (const auto* act = declaredIn(snapshot_.reference->law(), mapped->ours)) {
        auto problems = judgeDeclared(*act, content->tree.root, mapped->ours, opened.day);
        if (!problems.empty()) return problems;
    }
    auto bound = mapping::bindMessage(mapped->ours);
    if (!bound) return std::move(bound).error();
    return std::move(mapped).value();
}

// The very files by which it was read, if they are still there.
const mapping::Plan* Rereading::readBy(const store::MessageRecord& kept) const {
    for (const auto* plan : snapshot_.mappings->all())
        if (plan->digest().hex() == kept.mappingSha256 &&
            plan->id() == mapping::idAndVersion(kept.mappingId).first)
            return plan;
    return nullptr;
}

std::optional<Reread> Rereading::message(const store::MessageRecord& kept,
                                         const std::string& name) const {
    const auto id = std::string(mapping::idAndVersion(kept.mappingId).first);
    const auto [wantedId, version] = mapping::idAndVersion(name);
    if (!name.empty() && wantedId != id) return std::nullopt;
    Reread reread;
    reread.by = version.empty() ? snapshot_.mappings->find(id, base::vietnamDate(kept.receivedAt))
                                : snapshot_.mappings->find(name);
    if (!reread.by || !reread.by->inward()) return std::nullopt;
    reread.wasId = kept.mappingId;
    reread.wasSha256 = kept.mappingSha256;
    reread.verdict = RereadVerdict::NotKept;
    if (kept.body.empty()) return reread;
    const auto opened = open(kept);
    if (!opened) {
        reread.problems.push_back(opened.error());
        return reread;
    }
    const auto next = read(*reread.by, *opened);
    if (!next) {
        reread.verdict = RereadVerdict::Refused;
        reread.problems = next.error();
        return reread;
    }
    const auto* before = readBy(kept);
    const auto was = before ? read(*before, *opened) : Read(std::vector<Problem>());
    if (!was) {
        reread.verdict = RereadVerdict::Incomparable;
        return reread;
    }
    reread.differences = differencesOf(was->ours, next->ours);
    reread.verdict = reread.differences.empty() ? RereadVerdict::Same : RereadVerdict::Differs;
    return reread;
}

std::optional<Rereading::InFull> Rereading::inFull(const store::MessageRecord& kept,
                                                   const std::string& name) const {
    const auto* plan = name.empty() ? readBy(kept) : snapshot_.mappings->find(name);
    if (name.empty() && plan == nullptr)
        plan = snapshot_.mappings->find(mapping::idAndVersion(kept.mappingId).first,
                                        base::vietnamDate(kept.receivedAt));
    if (plan == nullptr || !plan->inward() || kept.body.empty()) return std::nullopt;
    auto opened = open(kept);
    if (!opened) return std::nullopt;
    return toldInFull(*plan, std::move(opened).value(), kept.body, kept.detachedHeader.empty());
}

// What a JWS wraps nobody can read: it is laid out anew, and told by the lines of that.
Rereading::InFull Rereading::toldInFull(const mapping::Plan& plan, Opened opened, std::string text,
                                        bool wrapped) const {
    if (wrapped && !opened.content.table && opened.content.tree.form == document::Form::Json) {
        text = document::writeJsonPretty(opened.content.tree.root);
        auto tree = document::readJson(text, kLaidOut);
        GW_CHECK(tree.ok());
        opened.content.tree = std::move(tree).value();
    }
    return InFull{&plan, read(plan, opened, mapping::Detail::All), std::move(text)};
}

struct Rereading::OpenedRefusal {
    Opened opened;
    const mapping::Plan* by = nullptr;  ///< none takes it
};

base::Result<Rereading::OpenedRefusal> Rereading::open(const store::RefusalRecord& kept,
                                                       const std::string& name) const {
    auto unsealed = trust::unsealed({kept.bytes, mediaTypeOf(kept.bytes), {}}, {});
    if (!unsealed) return std::move(unsealed).error();
    const auto day = base::vietnamDate(kept.at);
    const auto* partner = snapshot_.registry->partner(kept.agency);
    const auto names = !name.empty() ? std::vector{name}
                       : partner     ? partner->formatsIn
                                     : std::vector<std::string>();
    const bool version = !mapping::idAndVersion(name).second.empty();
    const auto plans = snapshot_.mappings->candidates(names, unsealed->content,
                                                      version ? std::nullopt : std::optional(day));
    return OpenedRefusal{
        {std::move(unsealed->content), valuesOf(kept.agency, kept.channel, kept.at), 0, day},
        plans.empty() ? nullptr : plans.front()};
}

std::optional<Reread> Rereading::refusal(const store::RefusalRecord& kept,
                                         const std::string& name) const {
    if (kept.agency.empty() || !wasForItsContent(kept.code)) return std::nullopt;
    Reread reread;
    reread.verdict = RereadVerdict::NotKept;
    const auto refused = open(kept, name);
    if (!refused) return name.empty() ? std::optional(reread) : std::nullopt;
    if (refused->by == nullptr) return std::nullopt;
    reread.by = refused->by;
    auto next = read(*reread.by, refused->opened);
    reread.verdict = next ? RereadVerdict::Accepted : RereadVerdict::StillRefused;
    if (!next) reread.problems = std::move(next).error();
    return reread;
}

std::optional<Rereading::InFull> Rereading::inFull(const store::RefusalRecord& kept,
                                                   const std::string& name) const {
    if (kept.agency.empty() || kept.bytes.empty()) return std::nullopt;
    auto refused = open(kept, name);
    if (!refused || refused->by == nullptr) return std::nullopt;
    const auto* by = refused->by;
    return toldInFull(*by, std::move(refused->opened), kept.bytes,
                      mediaTypeOf(kept.bytes) != "application/xml");
}

}  // namespace gateway::exchange
