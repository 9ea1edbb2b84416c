// date, day, moment and clock: stated forms of partners to and from yyyy-MM-dd and RFC 3339 in UTC.

#include <algorithm>
#include <chrono>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/mapping/values/time_form.h"
#include "gateway/mapping/values/time_zone.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {
namespace {

std::vector<TimeForm> dayForms(std::string_view text, std::string_view century) {
    auto forms = timeForms(text, century);
    for (const TimeForm& form : forms)
        if (!form.has(TimeUnit::Year) || !form.has(TimeUnit::Month) || !form.has(TimeUnit::Day))
            form.fail("year, month and day are needed");
    return forms;
}

std::optional<base::Date> dateOf(const TimeFields& fields) {
    const base::Date date{std::chrono::year{fields.year},
                          std::chrono::month{static_cast<unsigned>(fields.month)},
                          std::chrono::day{static_cast<unsigned>(fields.day)}};
    // Before the year 1000 it is a slip of the keyboard: 0025.
    return date.ok() && fields.year >= 1000 ? std::optional(date) : std::nullopt;
}

void setDate(TimeFields& fields, base::Date date) {
    fields.year = static_cast<int>(date.year());
    fields.month = static_cast<int>(static_cast<unsigned>(date.month()));
    fields.day = static_cast<int>(static_cast<unsigned>(date.day()));
}

base::Problem impossible(base::Words words) {
    return base::Problem(base::ErrorCode::MAPPING_VALUE).inWords("expected", std::move(words));
}

constexpr std::chrono::minutes kVietnamOffset{7 * 60};

class DateType final : public ValueType {
  public:
    DateType(std::string_view forms, std::string_view century) :
        forms_(dayForms(forms.empty() ? "yyyy-MM-dd" : forms, century)) {
        expected_ = describedAll(forms_);
        example_ = forms_.front().example();
        for (const TimeForm& form : forms_)
            if (form.has(TimeUnit::Hour)) form.fail("a date has no time");
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        for (const TimeForm& form : forms_) {
            const auto fields = form.read(trimmed(theirs));
            const auto date = fields ? dateOf(*fields) : std::nullopt;
            if (date) return base::formatDate(*date);
        }
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        const auto date = base::parseDate(ours);
        if (!date) return std::nullopt;
        TimeFields fields;
        setDate(fields, *date);
        fields.offset = kVietnamOffset;  // an xs:date may bear one; the day is the day that it says
        auto text = forms_.front().write(fields);
        // A year that its digits cannot say.
        return toOurs(text) == ours ? std::optional(text) : std::nullopt;
    }
    std::vector<Loss> losses() const override {
        std::vector<Loss> losses;
        if (forms_.size() > 1) losses.push_back(Loss::Notation);
        if (std::ranges::any_of(forms_, [](const auto& one) { return one.has(TimeUnit::Offset); }))
            losses.push_back(Loss::Zone);
        return losses;
    }
    base::Problem refusalOf(std::string_view text, AsOf /*day*/) const override {
        if (!readsByAny(forms_, text)) return ValueType::refusalOf(text);
        return impossible({"ngày này không tồn tại", "there is no such day"});
    }

  private:
    std::vector<TimeForm> forms_;
};

class MomentType final : public ValueType {
  public:
    MomentType(std::string_view forms, std::string_view zone, std::string_view century,
               bool hourNeeded = true) :
        zone_(zone.empty() ? "Asia/Ho_Chi_Minh" : zone) {
        example_ = "2025-03-05T08:30:00+07:00";
        expected_ = {"phải là thời điểm theo RFC 3339, ví dụ " + example_,
                     "it must be a time after RFC 3339, e.g. " + example_};
        if (forms.empty()) return;
        forms_ = dayForms(forms, century);
        expected_ = describedAll(forms_);
        example_ = forms_.front().example();
        for (const TimeForm& form : forms_)
            if (hourNeeded && !form.has(TimeUnit::Hour)) form.fail("a moment has an hour");
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto text = trimmed(theirs);
        if (forms_.empty()) return textOf(base::parseTimestamp(text));
        for (const TimeForm& form : forms_) {
            const auto fields = form.read(text);
            auto ours = fields ? textOf(instantOf(*fields)) : std::nullopt;
            if (ours) return ours;
        }
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        const auto instant = base::parseTimestamp(ours);
        if (!instant) return std::nullopt;
        if (forms_.empty()) return base::formatTimestamp(*instant);
        const auto offset = zone_.offsetAt(*instant);
        const auto local = *instant + offset;
        // A time that clocks show twice says which only together with its offset.
        if (!forms_.front().has(TimeUnit::Offset) && !zone_.instantOf(local)) return std::nullopt;
        const auto day = std::chrono::floor<std::chrono::days>(local);
        const std::chrono::hh_mm_ss<std::chrono::milliseconds> time{local - day};
        TimeFields fields;
        setDate(fields, base::Date{day});
        fields.hour = static_cast<int>(time.hours().count());
        fields.minute = static_cast<int>(time.minutes().count());
        fields.second = static_cast<int>(time.seconds().count());
        fields.millisecond = static_cast<int>(time.subseconds().count());
        fields.offset = offset;
        auto text = forms_.front().write(fields);
        // In this zone it is in a year that nobody reads.
        return toOurs(text) ? std::optional(std::move(text)) : std::nullopt;
    }

    std::vector<Loss> losses() const override {
        std::vector<Loss> losses{Loss::Zone};
        if (forms_.size() > 1) losses.push_back(Loss::Notation);
        if (!forms_.empty() && !forms_.front().has(TimeUnit::Millisecond))
            losses.push_back(Loss::Precision);
        return losses;
    }
    base::Problem refusalOf(std::string_view text, AsOf /*day*/) const override {
        const bool formed = forms_.empty()
                                ? readsByAny({TimeForm("yyyy-MM-dd'T'HH:mm:ssXXX")}, text)
                                : readsByAny(forms_, text);
        if (!formed) return ValueType::refusalOf(text);
        return impossible({"ngày hoặc giờ này không tồn tại", "there is no such day or time"});
    }

  private:
    // Another zone must not lead out of the years that have four digits.
    static std::optional<std::string> textOf(std::optional<base::Timestamp> instant) {
        using namespace std::chrono;
        constexpr sys_days kFirst{year{1} / January / 2};
        constexpr sys_days kLast{year{9999} / December / 30};
        if (!instant || *instant < kFirst || *instant > kLast) return std::nullopt;
        return base::formatTimestamp(*instant);
    }

    [[nodiscard]] std::optional<base::Timestamp> instantOf(const TimeFields& fields) const {
        const auto date = dateOf(fields);
        if (!date || fields.hour > 23 || fields.minute > 59 || fields.second > 59)
            return std::nullopt;
        using namespace std::chrono;
        const base::Timestamp local = sys_days{*date} + hours{fields.hour} +
                                      minutes{fields.minute} + seconds{fields.second} +
                                      milliseconds{fields.millisecond};
        return fields.offset ? local - *fields.offset : zone_.instantOf(local);
    }

    std::vector<TimeForm> forms_;
    TimeZone zone_;
};

// Some software writes a day as the instant at which it was typed. Written back it is the first
// moment of that day.
class DayType final : public ValueType {
  public:
    DayType(std::string_view forms, std::string_view century) :
        moment_(forms, {}, century, false) {}
    std::vector<Loss> losses() const override { return {Loss::Zone, Loss::Precision}; }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        const auto ours = moment_.toOurs(theirs);
        const auto instant = ours ? base::parseTimestamp(*ours) : std::nullopt;
        if (!instant) return std::nullopt;
        return base::formatDate(base::vietnamDate(*instant));
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        if (!base::parseDate(ours)) return std::nullopt;
        return moment_.toTheirs(std::string(ours) + "T00:00:00+07:00");
    }
    base::Problem refusalOf(std::string_view text, AsOf /*day*/) const override {
        return moment_.refusalOf(text, {});
    }

  private:
    MomentType moment_;
};

// A time of day, without its day.
class ClockType final : public ValueType {
  public:
    explicit ClockType(std::string_view forms) :
        forms_(timeForms(forms.empty() ? "HH:mm" : forms, {})) {
        for (const TimeForm& form : forms_)
            if (!form.has(TimeUnit::Hour) || form.has(TimeUnit::Year) ||
                form.has(TimeUnit::Month) || form.has(TimeUnit::Day) || form.has(TimeUnit::Offset))
                form.fail("a time of day has an hour, and no day or offset,");
        expected_ = describedAll(forms_);
        example_ = forms_.front().example();
    }
    std::optional<std::string> toOurs(std::string_view theirs) const override {
        for (const TimeForm& form : forms_) {
            const auto fields = form.read(trimmed(theirs));
            if (!fields || fields->hour > 23 || fields->minute > 59 || fields->second > 59)
                continue;
            return ourForm().write(*fields);
        }
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view ours) const override {
        const auto fields = ourForm().read(ours);
        if (!fields || fields->hour > 23 || fields->minute > 59 || fields->second > 59)
            return std::nullopt;
        return forms_.front().write(*fields);
    }
    std::vector<Loss> losses() const override {
        return forms_.size() > 1 ? std::vector{Loss::Notation} : std::vector<Loss>();
    }

  private:
    // Seconds where theirs has some.
    [[nodiscard]] const TimeForm& ourForm() const {
        static const TimeForm minutesForm("HH:mm");
        static const TimeForm secondsForm("HH:mm:ss");
        return forms_.front().has(TimeUnit::Second) ? secondsForm : minutesForm;
    }
    std::vector<TimeForm> forms_;
};

}  // namespace

std::unique_ptr<ValueType> makeDateType(std::string_view forms, std::string_view century) {
    return std::make_unique<DateType>(forms, century);
}

std::unique_ptr<ValueType> makeMomentType(std::string_view forms, std::string_view zone,
                                          std::string_view century) {
    return std::make_unique<MomentType>(forms, zone, century);
}

std::unique_ptr<ValueType> makeDayType(std::string_view forms, std::string_view century) {
    return std::make_unique<DayType>(forms, century);
}

std::unique_ptr<ValueType> makeClockType(std::string_view forms) {
    return std::make_unique<ClockType>(forms);
}

}  // namespace gateway::mapping
