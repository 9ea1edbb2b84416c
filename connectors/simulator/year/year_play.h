#pragma once
// The stage of a year: offices, lives, and the day that it is.

#include <map>
#include <memory>

#include "connectors/simulator/stage/gateway_child.h"
#include "connectors/simulator/stage/office.h"
#include "connectors/simulator/year/life.h"
#include "gateway/server/operators/pushed_clock.h"

namespace gateway::simulator {

/// Who was told what, by type of message, since it was last looked at.
using Told = std::map<std::string, std::map<std::string, std::size_t>>;

class YearPlay {
  public:
    YearPlay(World& world, const Cast& cast, const std::vector<Life>& lives, GatewayChild& gateway,
             server::PushedClock& clock);

    /// Everybody's clock stands at eight in the morning of that day.
    void turnTo(base::Date day);
    [[nodiscard]] base::Date today() const { return base::vietnamDate(clock_.now()); }

    /// What the lives have for that day, in the order of their files.
    void playLives(base::Date day);
    /// Says it as a declared act, of a ruling or of none; that it is accepted is expected, of
    /// `what`.
    Answer say(const std::string& agency, const std::string& type, document::Node content,
               const std::optional<model::RulingReference>& about, const std::string& what);
    /// Everybody empties his mailbox; every item is verified and acknowledged.
    [[nodiscard]] Told readMail();
    /// Each case as its procuracy is told, with the stage that the life has in the end.
    void checkEnds();

    World& world;
    const std::vector<Life>& lives;

  private:
    void play(const Life& life, const LifeAct& act);

    const Cast& cast_;
    GatewayChild& gateway_;
    server::PushedClock& clock_;
    std::map<std::string, std::unique_ptr<Office>> offices_;
};

}  // namespace gateway::simulator
