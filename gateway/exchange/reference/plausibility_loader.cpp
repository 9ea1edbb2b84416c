// mappings/case-model/plausibility.xml, held against the case model.

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/exchange/reference/plausibility.h"
#include "gateway/law/conditions/data_file.h"

namespace gateway::exchange {
namespace {

enum class FieldKind : std::uint8_t { Day, Number };
using Fields = std::map<std::string, FieldKind, std::less<>>;

/// The places of all days and numbers of a structure, one item of each list.
class FieldFinder {
  public:
    Fields found;

    template <class T>
    void required(std::string_view name, T& member) {
        const auto size = at_.size();
        at_.append(at_.empty() ? "" : "/").append(name);
        visit(member);
        at_.resize(size);
    }
    template <class T>
    void optional(std::string_view name, T& member) {
        required(name, member);
    }

  private:
    void visit(base::Date&) { found.emplace(at_, FieldKind::Day); }
    void visit(std::int64_t&) { found.emplace(at_, FieldKind::Number); }
    template <class T>
    void visit(std::optional<T>&) {
        T value{};
        visit(value);
    }
    template <class T>
    void visit(std::vector<T>&) {
        T item{};
        at_.append("[]");
        visit(item);
        at_.resize(at_.size() - 2);
    }
    template <class S>
    requires requires(FieldFinder& finder, S& structure) { describe(finder, structure); }
    void visit(S& structure) { describe(*this, structure); }
    template <class T>
    void visit(T&) {}

    std::string at_;
};

Fields fieldsOf(model::MessageType type) {
    auto payload = model::emptyPayload(type);
    FieldFinder finder;
    std::visit([&finder](auto& message) { describe(finder, message); }, payload);
    return std::move(finder.found);
}

std::int64_t numberOf(std::string_view digits) {
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    GW_CHECK(failed == std::errc() && end == digits.data() + digits.size());
    return value;
}

class Reader {
  public:
    explicit Reader(const law::DataFile& file) : file_(file) {
        for (const auto* node : file_.elements(file_.root(), "value"))
            values_.emplace(file_.text(*node, "name"), file_.text(*node, "is"));
    }

    std::vector<FieldBounds> all() {
        for (const auto* node : file_.elements(file_.root(), "message")) message(*node);
        for (const auto& [name, value] : values_)
            if (std::ranges::find(used_, name) == used_.end())
                file_.fail(file_.root(), "no bound uses the value \"" + name + "\"");
        return std::move(bounds_);
    }

    [[nodiscard]] NumberRules numbers() const {
        NumberRules::Consequences found;
        for (const auto* node : file_.elements(file_.root(), "number"))
            found.emplace(file_.named<model::NumberDoubt>(*node, "doubt"),
                          file_.named<NumberConsequence>(*node, "then"));
        return NumberRules(std::move(found));
    }

  private:
    void message(const document::Node& node) {
        const auto type = file_.named<model::MessageType>(node, "type");
        fields_ = fieldsOf(type);
        auto missing = fields_;
        for (const auto* field : file_.elements(node, "field")) {
            FieldBounds row{type, file_.text(*field, "path"), {}, {}};
            const auto known = fields_.find(row.field);
            if (known == fields_.end())
                file_.fail(*field, "the message has no day and no number \"" + row.field + "\"");
            if (missing.erase(row.field) == 0)
                file_.fail(*field, "a second row for \"" + row.field + "\"");
            row.least = bound(*field, "least", known->second);
            row.most = bound(*field, "most", known->second);
            bounds_.push_back(std::move(row));
        }
        if (!missing.empty()) file_.fail(node, "has no row for \"" + missing.begin()->first + "\"");
    }

    FieldBound bound(const document::Node& node, const char* end, FieldKind kind) {
        auto text = file_.text(node, end);
        if (text.empty()) return {};
        if (text.front() == '$') {
            const auto named = values_.find(text.substr(1));
            if (named == values_.end()) file_.fail(node, "there is no value \"" + text + "\"");
            used_.push_back(named->first);
            text = named->second;
        }
        if (text.front() >= '0' && text.front() <= '9') return value(node, text, kind);
        if (text.front() == '@') return latest(node, text, kind);
        const auto other = fields_.find(text);
        if (other == fields_.end() || other->second != kind)
            file_.fail(node, "the message has no field \"" + text + "\" of that kind");
        return {FieldBound::Kind::Field, 0, text};
    }

    FieldBound value(const document::Node& node, const std::string& text, FieldKind kind) const {
        if ((kind == FieldKind::Day) != (text.find('-') != std::string::npos))
            file_.fail(node, "\"" + text + "\" is of another kind than the field");
        if (kind == FieldKind::Number) return {FieldBound::Kind::Value, numberOf(text), {}};
        const auto day = base::parseDate(text);
        if (!day) file_.fail(node, "there is no day " + text);
        return {
            FieldBound::Kind::Value, std::chrono::sys_days(*day).time_since_epoch().count(), {}};
    }

    // Of a number, the latest day bounds its year.
    FieldBound latest(const document::Node& node, const std::string& text, FieldKind kind) const {
        const auto plus = text.find('+');
        if (text.substr(0, plus) != "@latest")
            file_.fail(node, "no day is known as \"" + text + "\"");
        if (plus == std::string::npos) return {FieldBound::Kind::Latest, 0, {}};
        if (kind == FieldKind::Number) file_.fail(node, "days are added to a day only");
        return {FieldBound::Kind::Latest, numberOf(std::string_view(text).substr(plus + 1)), {}};
    }

    const law::DataFile& file_;
    std::map<std::string, std::string, std::less<>> values_;
    std::vector<std::string> used_;
    Fields fields_;
    std::vector<FieldBounds> bounds_;
};

}  // namespace

Plausibility Plausibility::load(const std::filesystem::path& file,
                                const std::filesystem::path& schemas) {
    const auto schema = document::XmlSchema::load(schemas / "plausibility.xsd");
    const law::DataFile data(file, *schema);
    Reader reader(data);
    return {reader.all(), reader.numbers()};
}

}  // namespace gateway::exchange
