#pragma once
// A running gateway and the agencies of one province, for tests that need no world of their own.

#include <gtest/gtest.h>

#include "tests/scenario/support/agency.h"
#include "tests/scenario/support/facts.h"

namespace gateway::scenario {

/// Enrols everybody named in facts.h.
void enrolProvince(World& world);

/// The agencies of facts.h with their own software. The world must have enrolled them.
struct Agencies {
    explicit Agencies(const World& world) :
        court(world, kCourt),
        otherCourt(world, kOtherCourt),
        enforcement(world, kEnforcement),
        procuracy(world, kProcuracy),
        committee(world, kCommittee),
        formerCourt(world, kFormerCourt) {}
    Agency court, otherCourt, enforcement, procuracy, committee, formerCourt;
};

/// One gateway for all tests of a suite. After each of them it must still serve, and its cases
/// must be what their events make of them.
class Town : public testing::Test {
  public:
    static void SetUpTestSuite();
    static void TearDownTestSuite();

  protected:
    void TearDown() override;
    [[nodiscard]] static World& world() { return *world_; }
    [[nodiscard]] static const Agencies& agencies() { return *agencies_; }
    [[nodiscard]] static const Agency& court() { return agencies_->court; }
    [[nodiscard]] static const Agency& enforcement() { return agencies_->enforcement; }
    [[nodiscard]] static const Agency& committee() { return agencies_->committee; }
    [[nodiscard]] static const Agency& procuracy() { return agencies_->procuracy; }

    /// A ruling number that no other test uses.
    [[nodiscard]] static std::string newNumber();
    /// Transfers a new ruling and brings its case as far as the notice `noticeNumber`.
    [[nodiscard]] static std::string noticedCase(const std::string& noticeNumber,
                                                 model::Category category = model::Category::B);

  private:
    static std::unique_ptr<World> world_;
    static std::unique_ptr<Agencies> agencies_;
    static int numbers_;
};

}  // namespace gateway::scenario
