#include "gateway/mapping/drafts/draft.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "gateway/base/ids.h"
#include "gateway/base/problem.h"
#include "gateway/mapping/drafts/value_guess.h"

namespace gateway::mapping::drafts {
namespace {

using document::Form;

constexpr const char* kNotYet = "CHƯA ÁNH XẠ";
constexpr const char* kInstance = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::size_t kShown = 60;

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '&')
            safe += "&amp;";
        else if (c == '<')
            safe += "&lt;";
        else if (c == '"')
            safe += "&quot;";
        else
            safe.push_back(c);
    }
    return safe;
}

// What may stand within a comment.
std::string harmless(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        const bool blank = c == '\n' || c == '\r' || c == '\t';
        if (c == '-' && safe.ends_with('-')) safe.push_back(' ');
        safe.push_back(blank ? ' ' : c);
    }
    return safe;
}

std::string memberOf(std::string message) {
    if (!message.empty() && message[0] >= 'A' && message[0] <= 'Z')
        message[0] = static_cast<char>(message[0] - 'A' + 'a');
    return message;
}

std::string typeOf(std::string member) {
    if (!member.empty() && member[0] >= 'a' && member[0] <= 'z')
        member[0] = static_cast<char>(member[0] - 'a' + 'A');
    return member;
}

void countMembers(const SamplePlace& place, const KnownNames& names,
                  std::map<std::string, double>& count) {
    for (const SamplePlace& child : place.children) {
        const auto members = names.membersNaming(child.name);
        // A name that every message has tells little.
        for (const auto& member : members)
            count[member] += 1.0 / static_cast<double>(members.size());
        countMembers(child, names, count);
    }
}

/// What the names speak for most; the envelope is in every message.
std::string likelyMessage(const SamplePlace& root, const KnownNames& names) {
    std::map<std::string, double> count;
    countMembers(root, names, count);
    std::string best;
    double most = 0;
    for (const auto& [member, hits] : count) {
        if (member == "envelope" || member == "delivery") continue;
        // As alike as two lists of names: a message that only holds another one is less so.
        const double likeness = hits / std::sqrt(static_cast<double>(names.countOf(member)));
        if (likeness <= most) continue;
        best = member;
        most = likeness;
    }
    return typeOf(best);
}

class Writer {
  public:
    Writer(const SamplePlace& root, const DraftRequest& request, const KnownNames& names) :
        root_(root), request_(request), names_(names), json_(request.form == Form::Json) {
        draft_.message = request.message.empty() ? likelyMessage(root, names) : request.message;
        roots_ = {"envelope", memberOf(draft_.message)};
    }

    Draft write() {
        if (draft_.message.empty()) return std::move(draft_);
        choosePrefixes(root_);
        findEnvelope(root_);
        writeHead();
        Place here;
        if (json_) {
            writeChildren(root_, here, 2);
        } else {
            line(2, "<group theirs=\"" + nameOf(root_) + "\" required=\"yes\">");
            writeChildren(root_, here, 3);
            line(2, "</group>");
        }
        line(1, "</body>");
        line(0, "</mapping>");
        return std::move(draft_);
    }

  private:
    /// Where we are: what stands around, and in which list of ours.
    struct Place {
        std::vector<std::string> around{};
        std::string list{};
    };

    void line(std::size_t depth, const std::string& text) {
        draft_.text.append(2 * depth, ' ').append(text).push_back('\n');
    }

    // --- names of theirs

    void choosePrefixes(const SamplePlace& place) {
        const auto& uri = place.namespaceUri;
        if (!uri.empty() && !prefixes_.contains(uri)) {
            std::string prefix = "n" + std::to_string(prefixes_.size());
            if (&place == &root_) prefix = "";
            if (uri == kInstance) prefix = "xsi";
            if (uri == "http://www.w3.org/1999/xlink") prefix = "xlink";
            prefixes_.emplace(uri, prefix);
            order_.push_back(uri);
        }
        for (const SamplePlace& child : place.children) choosePrefixes(child);
    }

    [[nodiscard]] std::string nameOf(const SamplePlace& place) const {
        if (json_) {
            const bool plain =
                !place.name.empty() && place.name[0] != '@' &&
                place.name.find_first_of(" \t\r\n/[]|='\"!$(),.") == std::string::npos;
            if (plain) return escaped(place.name);
            std::string quoted = "'";
            for (const char c : place.name) quoted.append(c == '\'' ? 2 : 1, c);
            return escaped(quoted + "'");
        }
        std::string name = place.attribute ? "@" : "";
        if (const auto found = prefixes_.find(place.namespaceUri);
            found != prefixes_.end() && !found->second.empty())
            name += found->second + ":";
        return name + place.name;
    }

    // --- the envelope

    void findEnvelope(const SamplePlace& place) {
        for (const SamplePlace& child : place.children) {
            if (child.repeats || !child.seen) continue;
            if (child.container) {
                findEnvelope(child);
                continue;
            }
            if (child.values.empty()) continue;
            const auto meaning = names_.meaningOf({child.name, false, envelope_});
            const std::string ours = meaning && !meaning->near ? meaning->ours : std::string();
            if (id_ == nullptr && (ours == "envelope/id" || looksLikeId(child))) id_ = &child;
            if (created_ == nullptr && guessOf(child).looks == Looks::Moment) created_ = &child;
        }
    }

    static bool looksLikeId(const SamplePlace& place) {
        constexpr std::array<std::string_view, 9> ends = {
            "messageid",  "mathongdiep",   "magoitin", "magiaodich", "matinnhan",
            "documentid", "transactionid", "uuid",     "guid"};
        const std::string key = wordKey(place.name);
        return std::any_of(ends.begin(), ends.end(),
                           [&](std::string_view end) { return key.ends_with(end); }) &&
               base::isMessageId(place.values.front());
    }

    // --- the file

    void writeHead() {
        draft_.text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        line(0, "<!-- Bản nháp từ mẫu " + harmless(request_.sampleName) +
                    ". Nạp được ngay; mọi chỗ mang lý do \"" + kNotYet + "\"");
        line(0,
             "     còn phải quyết định: thay <ignore> bằng luật gợi ý ở dòng trên, bằng luật"
             " khác, hoặc ghi lý do thật.");
        line(0,
             "     Draft: decide on every <ignore> that says so, then try it with"
             " check-mapping and its option sample.");
        line(0, "     direction=\"in\": bỏ khi cũng ghi ra định dạng này. -->");
        line(0, "<mapping xmlns=\"urn:thahc:mapping:1\" id=\"" + escaped(request_.id) +
                    "\" version=\"1\"");
        line(0, "         message=\"" + escaped(draft_.message) + "\" theirs=\"" +
                    (json_ ? "json" : "xml") + "\" addressee=\"none\" direction=\"in\">");
        writeAccept();
        for (const auto& uri : order_)
            line(1,
                 "<namespace prefix=\"" + prefixes_.at(uri) + "\" uri=\"" + escaped(uri) + "\"/>");
        if (!request_.schemaFile.empty())
            line(1, "<schema file=\"" + escaped(request_.schemaFile) + "\"/>");
        line(1, "<body>");
        line(2, "<constant ours=\"envelope/type\" value=\"" + escaped(draft_.message) + "\"/>");
        line(2, "<field theirs=\"$exchange/gateway\" ours=\"envelope/to\" direction=\"in\"/>");
        if (id_ == nullptr)
            line(2,
                 "<field theirs=\"$exchange/messageId\" ours=\"envelope/id\""
                 " direction=\"in\"/>");
        if (created_ == nullptr)
            line(2,
                 "<field theirs=\"$exchange/receivedAt\" ours=\"envelope/created\""
                 " direction=\"in\"/>");
    }

    // By the root; by what looks like a kind or a version of the message.
    void writeAccept() {
        std::string when;
        for (const SamplePlace& child : root_.children) {
            if (child.container || child.repeats || child.values.size() != 1) continue;
            const std::string key = wordKey(child.name);
            const bool tells = key.starts_with("loai") || key.starts_with("type") ||
                               key.starts_with("kind") || key.find("phienban") != key.npos ||
                               key.find("version") != key.npos;
            if (!tells || child.values[0].size() > kShown || !child.namespaceUri.empty()) continue;
            std::string literal;
            for (const char c : child.values[0]) literal.append(c == '\'' ? 2 : 1, c);
            when = nameOf(child) + " = '" + escaped(literal) + "'";
            tested_ = &child;
            break;
        }
        for (std::size_t i = 0; json_ && when.empty() && i < root_.children.size() && i < 1; ++i)
            when = "exists " + nameOf(root_.children[i]);
        std::string accept = "<accept";
        if (!json_) accept += " root=\"" + nameOf(root_) + "\"";
        if (!when.empty()) accept += " when=\"" + when + "\"";
        line(1, accept + "/>");
    }

    // --- the rules

    void writeChildren(const SamplePlace& parent, const Place& here, std::size_t depth) {
        for (const SamplePlace& child : parent.children) {
            if (json_ && child.name.empty()) continue;
            if (child.namespaceUri == kInstance) {
                line(depth, "<ignore theirs=\"" + nameOf(child) +
                                "\" why=\"quy ước của XML Schema, không có dữ liệu\"/>");
            } else if (&child == tested_) {
                const bool number = json_ && child.kind == document::Kind::Number;
                const bool flag = json_ && child.kind == document::Kind::Boolean;
                line(depth, "<constant theirs=\"" + nameOf(child) + "\" value=\"" +
                                escaped(child.values.front()) + "\"" +
                                (number ? " json=\"number\"" : "") +
                                (flag ? " json=\"boolean\"" : "") + "/>");
            } else if (isGroup(child, here)) {
                Place inner = here;
                inner.around.push_back(wordKey(child.name));
                line(depth, "<group theirs=\"" + nameOf(child) + "\">");
                writeChildren(child, inner, depth + 1);
                line(depth, "</group>");
            } else if (&child == id_ || &child == created_) {
                writeEnvelopeField(child, depth);
            } else {
                writeOpen(child, here, depth);
            }
        }
    }

    // What stands once in a sample may be one of many all the same.
    [[nodiscard]] bool isGroup(const SamplePlace& place, const Place& here) const {
        return place.container && !place.repeats && !place.text && !listOf(place, here);
    }

    // The list of ours that its name, or the names in it, speak for.
    [[nodiscard]] std::optional<KnownNames::Meaning> listOf(const SamplePlace& place,
                                                            const Place& here) const {
        if (place.single || (json_ && !place.repeats)) return std::nullopt;
        const KnownNames::Question question{place.name, true, roots_, here.list, here.around};
        auto named = names_.meaningOf(question);
        if (named && !named->near) return named;
        std::vector<std::string> members;
        for (const SamplePlace& child : place.children) members.push_back(child.name);
        auto holding = names_.listHolding(members, question);
        if (place.repeats) return holding ? holding : named;
        return named && holding && named->ours == holding->ours ? named : std::nullopt;
    }

    void writeEnvelopeField(const SamplePlace& place, std::size_t depth) {
        const bool id = &place == id_;
        line(depth, "<field theirs=\"" + nameOf(place) + "\" ours=\"envelope/" +
                        (id ? "id\" as=\"token\"" : "created\" " + guessOf(place).attributes) +
                        " required=\"yes\"/>");
    }

    // Somebody's to decide on: what was seen, what it may become, and that it is ignored till then.
    void writeOpen(const SamplePlace& place, const Place& here, std::size_t depth) {
        ++draft_.places;
        const std::string shown = shownOf(place);
        if (!shown.empty()) line(depth, "<!-- " + shown + " -->");
        const auto rules = proposal(place, here);
        if (!rules.empty()) {
            ++draft_.proposed;
            for (std::size_t i = 0; i < rules.size(); ++i)
                line(depth, (i == 0 ? "<!-- " : "     ") + rules[i] +
                                (i + 1 == rules.size() ? " -->" : ""));
        }
        line(depth,
             "<ignore theirs=\"" + nameOf(place) + "\" why=\"" + std::string(kNotYet) + "\"/>");
    }

    [[nodiscard]] std::string shownOf(const SamplePlace& place) const {
        std::string shown = place.documentation.empty()
                                ? std::string()
                                : harmless(base::shortened(place.documentation, 2 * kShown));
        const auto add = [&](const std::string& part) {
            shown.append(shown.empty() ? "" : " · ").append(part);
        };
        if (!place.seen) add("không có trong mẫu");
        if (place.required) add("bắt buộc theo lược đồ");
        if (place.repeats) add("lặp lại");
        if (const auto guess = guessOf(place); place.text && !guess.attributes.empty())
            add(harmless(guess.attributes));
        if (const auto list = listed(place.words); !list.empty()) add("một trong: " + list);
        if (const auto list = listed(place.values); !list.empty()) add("thấy: " + list);
        return shown;
    }

    static std::string listed(const std::vector<std::string>& values) {
        std::string list;
        for (std::size_t i = 0; i < values.size() && i < kValuesShown; ++i)
            list.append(list.empty() ? "" : " | ")
                .append(harmless(base::shortened(values[i], kShown)));
        if (values.size() > kValuesShown) list += " | …";
        return list;
    }

    [[nodiscard]] std::vector<std::string> proposal(const SamplePlace& place,
                                                    const Place& here) const {
        if (place.repeats || (place.container && !place.text)) return listProposal(place, here);
        if (place.container) return textProposal(place, here);
        const auto field = fieldProposal(place, here, nameOf(place));
        return field.empty() ? std::vector<std::string>() : std::vector<std::string>{field};
    }

    [[nodiscard]] std::string fieldProposal(const SamplePlace& place, const Place& here,
                                            const std::string& theirs) const {
        const auto meaning = names_.meaningOf(
            {place.name, false, roots_, here.list, here.around, guessOf(place).looks});
        if (!meaning || meaning->ours == "envelope/type") return {};
        if (meaning->near && meaning->ours.starts_with("envelope/")) return {};
        const std::string as = typeFor(place, *meaning);
        const bool token = as == "as=\"token\"";
        return harmless("<field theirs=\"" + theirs + "\" ours=\"" +
                        below(meaning->ours, here.list) + "\"" + (as.empty() ? "" : " " + as) +
                        (place.required ? " required=\"yes\""
                         : token        ? " empty=\"is-absent\""
                                        : "") +
                        "/>");
    }

    // What looks like a number or a flag may be a text to us.
    [[nodiscard]] std::string typeFor(const SamplePlace& place,
                                      const KnownNames::Meaning& meaning) const {
        const bool number = json_ && place.kind == document::Kind::Number;
        const bool flag = json_ && place.kind == document::Kind::Boolean;
        const std::string json = number ? " json=\"number\"" : flag ? " json=\"boolean\"" : "";
        if (!meaning.as.empty()) return "as=\"" + meaning.as + "\"" + json;
        const Guess guess = guessOf(place);
        const bool plain = guess.looks == Looks::Number || guess.looks == Looks::Boolean;
        if (plain && names_.isText(meaning.ours)) return "as=\"token\"" + json;
        return guess.attributes;
    }

    // An element with a text and attributes.
    [[nodiscard]] std::vector<std::string> textProposal(const SamplePlace& place,
                                                        const Place& here) const {
        std::vector<std::string> rules{"<group theirs=\"" + nameOf(place) + "\">"};
        if (const auto field = fieldProposal(place, here, "."); !field.empty())
            rules.push_back("  " + field);
        else
            return {};
        addInner(place, here, rules);
        rules.emplace_back("</group>");
        return rules;
    }

    [[nodiscard]] std::vector<std::string> listProposal(const SamplePlace& place,
                                                        const Place& here) const {
        const auto meaning = listOf(place, here);
        if (!meaning) return {};
        std::vector<std::string> rules{harmless("<each theirs=\"" + nameOf(place) + "\" ours=\"" +
                                                below(meaning->ours, here.list) + "\">")};
        Place inner{here.around, meaning->ours};
        inner.around.push_back(wordKey(place.name));
        if (!place.container)
            rules.push_back("  " + harmless("<field theirs=\".\" ours=\".\"" + std::string(" ") +
                                            guessOf(place).attributes + "/>"));
        addInner(place, inner, rules);
        rules.emplace_back("</each>");
        return rules;
    }

    void addInner(const SamplePlace& place, const Place& here,
                  std::vector<std::string>& rules) const {
        for (const SamplePlace& child : place.children) {
            auto inner = proposal(child, here);
            if (inner.empty() && isGroup(child, here)) {
                Place within = here;
                within.around.push_back(wordKey(child.name));
                inner.push_back(harmless("<group theirs=\"" + nameOf(child) + "\">"));
                addInner(child, within, inner);
                inner.emplace_back("</group>");
            }
            if (inner.empty())
                inner = {
                    harmless("<ignore theirs=\"" + nameOf(child) + "\" why=\"" + kNotYet + "\"/>")};
            for (auto& rule : inner) rules.push_back("  " + std::move(rule));
        }
    }

    // Within the list of ours, seen from its item.
    static std::string below(const std::string& ours, const std::string& list) {
        return list.empty() ? ours : ours.substr(list.size() + 1);
    }

    const SamplePlace& root_;
    const DraftRequest& request_;
    const KnownNames& names_;
    bool json_;
    Draft draft_;
    std::vector<std::string> roots_;
    const std::vector<std::string> envelope_{"envelope"};
    std::map<std::string, std::string> prefixes_;
    std::vector<std::string> order_;
    const SamplePlace* id_ = nullptr;
    const SamplePlace* created_ = nullptr;
    const SamplePlace* tested_ = nullptr;  ///< by <accept>
};

}  // namespace

Draft draftOf(const SamplePlace& root, const DraftRequest& request, const KnownNames& names) {
    return Writer(root, request, names).write();
}

}  // namespace gateway::mapping::drafts
