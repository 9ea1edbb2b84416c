#pragma once
// The sheets of form 03, from the court's list to the signed figures of the country: who says what
// on which day. Law: TTLT 12/2021 Đ.6, 8, 9.

#include <map>
#include <string>
#include <vector>

#include "connectors/simulator/year/reckoned.h"
#include "connectors/simulator/year/year_play.h"

namespace gateway::simulator {

/// All periods of one year, for each pair of court and enforcement authority.
class Reconciliation {
  public:
    /// `begin`: the year's first day.
    Reconciliation(YearPlay& play, const Reckoner& reckoner, base::Date begin);

    /// What is to be done on that day, in order.
    void onDay(base::Date today);
    /// The day on which the last of it is done.
    [[nodiscard]] base::Date lastDay() const;
    /// What was signed against what the lives say, counted by themselves.
    void checkSigned();

  private:
    struct Sheet {
        std::string court, thads;
        base::Date until{};
        int months = 0;
        base::Date lockOn{}, sendOn{}, answerOn{}, sendAgainOn{}, signOn{}, forwardOn{};
        std::int64_t version = 0;
        std::string lock, message, sha256;
        Columns columns;  ///< as locked
        bool disputed = false, hasSigned = false;
    };

    void list(const Sheet& sheet);
    void lock(Sheet& sheet);
    void send(Sheet& sheet, bool explained);
    void answer(Sheet& sheet);
    void sign(Sheet& sheet);
    void forward(const Sheet& sheet);
    void consolidate(base::Date until, int months);
    [[nodiscard]] document::Node periodOf(const Sheet& sheet, const std::string& kind) const;
    [[nodiscard]] document::Node linesOf(const Sheet& sheet, bool explained) const;
    [[nodiscard]] static document::Node about(const Sheet& sheet);
    Answer say(const Sheet& sheet, const std::string& agency, const std::string& type,
               document::Node content);
    [[nodiscard]] base::Date workingDay(base::Date from, int count) const;
    [[nodiscard]] const Life* lifeOf(const std::string& ruling) const;

    YearPlay& play_;
    const Reckoner& reckoner_;
    base::Date begin_;
    std::vector<Sheet> sheets_;
    /// Last day and months of a period, by the day of its joint report.
    std::map<base::Date, std::pair<base::Date, int>> reports_;
};

}  // namespace gateway::simulator
