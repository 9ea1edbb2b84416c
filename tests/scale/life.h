#pragma once
// A lawful life of one ruling: who says what when, by chance within what the law lets them do.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gateway/law/conditions/roles.h"
#include "tests/scale/case_road.h"

namespace gateway::scale {

/// Some late, some compelled, some stayed or annulled, some never executed; those of 34 provinces
/// follow those of 63. One thread.
class Life {
  public:
    /// Borrows the country. The same seed and number give the same life.
    Life(const Country& country, std::uint64_t seed, std::size_t number, base::Date issued,
         Tally& tally);

    /// Until the end of kLastDay: what the store is told, in order.
    [[nodiscard]] std::vector<store::Acceptance> live() &&;

  private:
    using Date = base::Date;
    using Role = law::Role;
    void at(Date day, std::function<void()> act) { agenda_.emplace(day, std::move(act)); }
    [[nodiscard]] Date workday(int after);
    [[nodiscard]] base::Timestamp moment();
    [[nodiscard]] std::string agencyFor(Role role) const;
    [[nodiscard]] model::Ruling ruling(Date issued);
    [[nodiscard]] bool is(std::initializer_list<const char*> categories) const;
    [[nodiscard]] bool has(model::FactKind kind) const;
    [[nodiscard]] bool ended() const;
    [[nodiscard]] std::string numbered(const char* kind);
    [[nodiscard]] std::string numbers() const;
    [[nodiscard]] std::string day(int after = 0) const;

    bool say(Role role, const std::string& type, const std::string& content);
    bool sayFor(const std::string& agency, const std::string& type, const std::string& content);
    bool obligatedSays(const std::string& type, const std::string& content);

    // The course, in life_course.cpp.
    void transferred();
    void enforcementBegins();
    void delivered();
    void noticed();
    void choose();
    void completes(int after);
    void compelled();
    void ordered();
    void protested();
    void lingers(int months);
    void followed();
    void supervised();

    const Country& country_;
    Chance chance_;
    const std::size_t number_;
    CaseRoad road_;
    Seat seat_;
    Date today_{}, issued_{};
    base::Timestamp last_{};
    std::multimap<Date, std::function<void()>> agenda_;
    int numbers_ = 0;
    std::string notice_, order_;
};

}  // namespace gateway::scale
