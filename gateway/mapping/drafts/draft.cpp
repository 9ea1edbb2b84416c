#include "gateway/mapping/drafts/draft.h"

#include <algorithm>
#include <array>

#include "gateway/base/ids.h"
#include "gateway/base/problem.h"
#include "gateway/mapping/drafts/draft_texts.h"
#include "gateway/mapping/drafts/likely_message.h"
#include "gateway/mapping/drafts/numbered_columns.h"
#include "gateway/mapping/drafts/our_places.h"
#include "gateway/mapping/drafts/proposals.h"
#include "gateway/mapping/drafts/their_names.h"
#include "gateway/mapping/drafts/value_guess.h"

namespace gateway::mapping::drafts {
namespace {

using document::Form;

constexpr std::size_t kHeadersAsked = 4;

bool looksLikeId(const SamplePlace& place) {
    constexpr std::array<std::string_view, 9> ends = {"messageid",     "mathongdiep", "magoitin",
                                                      "magiaodich",    "matinnhan",   "documentid",
                                                      "transactionid", "uuid",        "guid"};
    const std::string key = wordKey(place.name);
    return std::any_of(ends.begin(), ends.end(),
                       [&](std::string_view end) { return key.ends_with(end); }) &&
           base::isMessageId(place.values.front());
}

class Writer {
  public:
    Writer(const SamplePlace& root, const DraftRequest& request, const KnownNames& names,
           const std::string& message) :
        root_(root),
        request_(request),
        known_(names),
        json_(request.form == Form::Json),
        names_(root, json_, request.prefixes),
        proposals_(names_, names,
                   request.ours ? names.roots()
                                : std::vector<std::string>{"envelope", memberOf(message)}) {
        draft_.message = message;
    }

    Draft write() {
        if (!request_.table && !request_.ours) findEnvelope(root_);
        writeHead();
        const Standing here;
        if (json_) {
            writeChildren(root_, here, 2);
        } else {
            line(2, "<group theirs=\"" + names_.of(root_) + "\" required=\"yes\">");
            writeChildren(root_, here, 3);
            line(2, "</group>");
        }
        line(1, "</body>");
        line(0, "</mapping>");
        return std::move(draft_);
    }

  private:
    void line(std::size_t depth, const std::string& text) {
        draft_.text.append(2 * depth, ' ').append(text).push_back('\n');
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
            const auto meaning = known_.meaningOf({child.name, false, envelope_});
            const std::string ours = meaning && !meaning->near ? meaning->ours : std::string();
            if (id_ == nullptr && looksLikeId(child)) id_ = &child;
            if (ours == "envelope/id" && &child != id_) maybeIds_.push_back(&child);
            if (created_ == nullptr && guessOf(child).looks == Looks::Moment) created_ = &child;
        }
    }

    void writeExchange(const std::string& value, const std::string& ours) {
        line(2, "<field theirs=\"$exchange/" + value + "\" ours=\"envelope/" + ours +
                    "\" direction=\"in\"/>");
    }

    // Of a table only the header of its signature says to whom and when.
    void writeEnvelope() {
        line(2, "<constant ours=\"envelope/type\" value=\"" + escaped(draft_.message) + "\"/>");
        writeExchange(request_.table ? "audience" : "gateway", "to");
        if (id_ == nullptr) writeOpenId();
        if (created_ == nullptr)
            writeExchange(request_.table ? "createdAt" : "receivedAt", "created");
    }

    // A name alone makes no identity: if each message has the same one, the second is a repetition.
    void writeOpenId() {
        std::string places;
        for (const SamplePlace* const place : maybeIds_)
            places.append(places.empty() ? "" : ", ").append(names_.of(*place));
        line(2,
             "<!-- QUYẾT ĐỊNH / DECIDE: mã riêng của mỗi thông điệp, không hai lần gửi nào trùng;"
             " $exchange/messageId chỉ có với chữ ký tách rời");
        line(2,
             "     an id of its own for each message; $exchange/messageId comes with a detached"
             " signature only" +
                 (places.empty() ? "" : " · có thể là / maybe: " + harmless(places)) + " -->");
        writeExchange("messageId", "id");
    }

    void writeEnvelopeField(const SamplePlace& place, std::size_t depth) {
        const bool id = &place == id_;
        line(depth, id ? "<!-- QUYẾT ĐỊNH / DECIDE: đoán theo tên là mã riêng của mỗi thông điệp;"
                         " guessed by its name: each message has another one -->"
                       : "<!-- QUYẾT ĐỊNH / DECIDE: đoán là lúc lập thông điệp; guessed: when the"
                         " message was made -->");
        line(depth, "<field theirs=\"" + names_.of(place) + "\" ours=\"envelope/" +
                        (id ? "id\" as=\"token\"" : "created\" " + guessOf(place).attributes) +
                        " required=\"yes\"/>");
    }

    // --- the file

    void writeHead() {
        const bool table = request_.table.has_value();
        draft_.text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        line(0, "<!-- Bản nháp từ mẫu " + harmless(request_.sampleName) +
                    ". Nạp được ngay; mọi chỗ mang lý do \"" + kNotYet + "\"");
        line(0,
             "     còn phải quyết định: thay <ignore> bằng luật gợi ý ở dòng trên, bằng luật"
             " khác, hoặc ghi lý do thật.");
        line(0,
             "     Draft: decide on every <ignore> that says so, then try it with"
             " check-mapping and its option sample.");
        if (!table && !request_.ours) {
            line(0,
                 "     addressee=\"none\": định dạng có nơi nhận thì bỏ, và điền envelope/to từ nơi"
                 " đó thay cho $exchange/gateway.");
            line(0,
                 "     Where the format names its addressee: take that out, and fill envelope/to"
                 " from there.");
        }
        line(0, table ? "     Mỗi hàng là một thông điệp. Each row is a message. -->"
                      : "     direction=\"in\": bỏ khi cũng ghi ra định dạng này. -->");
        line(0, "<mapping xmlns=\"urn:thahc:mapping:1\" id=\"" + escaped(request_.id) +
                    "\" version=\"1\"");
        const std::string model = request_.ours ? "ours=\"" + escaped(request_.oursFile)
                                                : "message=\"" + escaped(draft_.message);
        line(0, "         " + model + "\" theirs=\"" +
                    (table   ? "table\""
                     : json_ ? "json\""
                             : "xml\"") +
                    (table || request_.ours ? "" : " addressee=\"none\"") + " direction=\"in\">");
        if (table)
            writeTable(*request_.table);
        else
            writeAccept();
        for (const auto& [prefix, uri] : names_.prefixes())
            line(1, "<namespace prefix=\"" + prefix + "\" uri=\"" + escaped(uri) + "\"/>");
        if (!request_.schemaFile.empty())
            line(1, "<schema file=\"" + escaped(request_.schemaFile) + "\"/>");
        line(1, "<body>");
        if (request_.ours)
            writeOurPlaces();
        else
            writeEnvelope();
    }

    // What there is to be filled stands in front of the author.
    void writeOurPlaces() {
        line(2, "<!-- Chỗ của ta, * là bắt buộc; places of ours, * required:");
        for (const auto& place : ourPlaces(*request_.ours)) line(2, "       " + harmless(place));
        line(2, "-->");
    }

    // By its headers, the first few.
    void writeTable(const document::TableLayout& layout) {
        std::string when;
        for (std::size_t i = 0; i < root_.children.size() && i < kHeadersAsked; ++i)
            when.append(i == 0 ? "" : " and ").append("exists " + names_.of(root_.children[i]));
        line(1, "<accept when=\"" + when + "\"/>");
        std::string table = "<table";
        if (layout.separator == '\t')
            table += " separator=\"tab\"";
        else
            table += std::string(" separator=\"") + layout.separator + "\"";
        if (!layout.sheet.empty()) table += " sheet=\"" + escaped(layout.sheet) + "\"";
        if (layout.headerRow != 1)
            table += " header-row=\"" + std::to_string(layout.headerRow) + "\"";
        line(1, table + "/>");
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
            when = names_.of(child) + " = '" + escaped(literal) + "'";
            tested_ = &child;
            break;
        }
        if (json_ && when.empty() && !root_.children.empty())
            when = "exists " + names_.of(root_.children.front());
        std::string accept = "<accept";
        if (!json_) accept += " root=\"" + names_.of(root_) + "\"";
        if (!when.empty()) accept += " when=\"" + when + "\"";
        line(1, accept + "/>");
    }

    // --- the rules

    void writeChildren(const SamplePlace& parent, const Standing& here, std::size_t depth) {
        const auto numbered = numberedColumns(parent.children);
        for (const SamplePlace& child : parent.children) {
            if (json_ && child.name.empty()) continue;
            const auto list = std::ranges::find_if(numbered, [&child](const auto& columns) {
                return std::ranges::find(columns.columns, &child) != columns.columns.end();
            });
            if (list != numbered.end()) {
                if (list->columns.front() == &child) writeNumbered(*list, depth);
            } else if (child.namespaceUri == kInstance && child.name != "nil") {
                line(depth, "<ignore theirs=\"" + names_.of(child) +
                                "\" why=\"quy ước của XML Schema, không có dữ liệu\"/>");
            } else if (&child == tested_) {
                writeTested(depth);
            } else if (proposals_.isGroup(child, here)) {
                const Standing inner = here.below(child);
                line(depth, "<group theirs=\"" + names_.of(child) + "\">");
                writeChildren(child, inner, depth + 1);
                line(depth, "</group>");
            } else if (&child == id_ || &child == created_) {
                writeEnvelopeField(child, depth);
            } else {
                writeOpen(child, proposals_.of(child, here), depth);
            }
        }
    }

    // One list in many columns is one decision.
    void writeNumbered(const NumberedColumns& list, std::size_t depth) {
        ++draft_.places;
        SamplePlace any;
        any.name = list.stem + "{n}";
        any.namespaceUri = list.columns.front()->namespaceUri;
        const std::string path = names_.of(any);
        std::string beside;
        for (const auto& behind : list.beside)
            beside.append(beside.empty() ? " · bên cạnh / beside: " : ", ")
                .append("../" + list.stem + "{n}" + behind);
        line(depth, "<!-- cột đánh số, một danh sách; numbered columns, one list:");
        line(depth, "     <numbered theirs=\"" + harmless(path) + "\" up-to=\"" +
                        std::to_string(list.upTo) + "\" ours=\"…[]\" empty=\"is-absent\">" +
                        harmless(beside));
        for (const SamplePlace* const column : list.columns)
            if (column->name.find('1') != std::string::npos || column == list.columns.front())
                if (const auto shown = shownOf(*column); !shown.empty())
                    line(depth, "     " + harmless(names_.of(*column)) + ": " + shown);
        line(depth, "     thay mọi <ignore> dưới đây; in the place of every ignore below -->");
        for (const SamplePlace* const column : list.columns)
            line(depth, "<ignore theirs=\"" + names_.of(*column) + "\" why=\"" +
                            std::string(kNotYet) + "\"/>");
    }

    void writeTested(std::size_t depth) {
        const bool number = json_ && tested_->kind == document::Kind::Number;
        const bool flag = json_ && tested_->kind == document::Kind::Boolean;
        line(depth, "<constant theirs=\"" + names_.of(*tested_) + "\" value=\"" +
                        escaped(tested_->values.front()) + "\"" +
                        (number ? " json=\"number\"" : "") + (flag ? " json=\"boolean\"" : "") +
                        "/>");
    }

    // Somebody's to decide on: what was seen, what it may become, and that it is ignored till then.
    void writeOpen(const SamplePlace& place, const std::vector<std::string>& rules,
                   std::size_t depth) {
        ++draft_.places;
        const std::string shown = shownOf(place);
        if (!shown.empty()) line(depth, "<!-- " + shown + " -->");
        if (place.repeats && rules.empty())
            line(depth, "<!-- một danh sách; a list: <each theirs=\"" + harmless(names_.of(place)) +
                            "\" ours=\"…[]\"> … </each>" +
                            (place.container ? ", mỗi chỗ một luật; a rule for each of:" : "") +
                            " -->");
        writeInside(place, depth);
        if (!rules.empty()) {
            ++draft_.proposed;
            for (std::size_t i = 0; i < rules.size(); ++i)
                line(depth, (i == 0 ? "<!-- " : "     ") + rules[i] +
                                (i + 1 == rules.size() ? " -->" : ""));
        }
        line(depth,
             "<ignore theirs=\"" + names_.of(place) + "\" why=\"" + std::string(kNotYet) + "\"/>");
    }

    // What is ignored with it has no line of its own.
    void writeInside(const SamplePlace& place, std::size_t depth) {
        for (const SamplePlace& child : place.children) {
            if (child.name.empty() || child.namespaceUri == kInstance) continue;
            const std::string shown = shownOf(child);
            line(depth, "<!--   " + harmless(names_.of(child)) + (shown.empty() ? "" : ": ") +
                            shown + " -->");
            writeInside(child, depth + 1);
        }
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

    const SamplePlace& root_;
    const DraftRequest& request_;
    const KnownNames& known_;
    bool json_;
    TheirNames names_;
    Proposals proposals_;
    Draft draft_;
    const std::vector<std::string> envelope_{"envelope"};
    const SamplePlace* id_ = nullptr;
    std::vector<const SamplePlace*> maybeIds_;
    const SamplePlace* created_ = nullptr;
    const SamplePlace* tested_ = nullptr;  ///< by <accept>
};

}  // namespace

Draft draftOf(const SamplePlace& root, const DraftRequest& request, const KnownNames& names) {
    std::string message;
    if (!request.ours)
        message = request.message.empty() ? likelyMessage(root, names) : request.message;
    if (message.empty() && !request.ours) return {};
    return Writer(root, request, names, message).write();
}

}  // namespace gateway::mapping::drafts
