#pragma once
// All attacks. Each presses until it is stopped, ends within seconds, and touches nothing but the
// gateway of its scene.

#include <array>
#include <stop_token>

#include "tests/siege/scene.h"

namespace gateway::siege {

void silentConnections(Scene& scene, const std::stop_token& stop);
void halfHandshakes(Scene& scene, const std::stop_token& stop);
void strangersBodies(Scene& scene, const std::stop_token& stop);
void drippedHeads(Scene& scene, const std::stop_token& stop);
void drippedBodies(Scene& scene, const std::stop_token& stop);
void slowReaders(Scene& scene, const std::stop_token& stop);
void letters(Scene& scene, const std::stop_token& stop);
void everything(Scene& scene, const std::stop_token& stop);

/// A limit that is set for an attack, so that its bound is reached within seconds, and what the
/// gateway's folder may grow by then: the honest messages, the ring of refused bytes (64 MiB) and
/// the database's log (some 35 MiB) included.
struct Quota {
    const char* key = nullptr;
    const char* value = nullptr;
    double mostDiskMiB = 0;
};

struct Attack {
    const char* name;  ///< for the command line
    const char* words;
    void (*run)(Scene& scene, const std::stop_token& stop);
    Quota quota{};
};

inline constexpr std::array kAttacks{
    Attack{"silent", "256 silent TCP connections from each of 8 addresses, anew as they are closed",
           silentConnections},
    Attack{"half-handshakes", "the same with half a ClientHello on each", halfHandshakes},
    Attack{"stranger", "a certificate of no channel sends bodies of 8 MiB on 8 connections",
           strangersBodies},
    Attack{"dripped-heads", "a partner sends a byte a second of 120 heads", drippedHeads},
    Attack{"dripped-bodies", "a partner sends a byte a second of 120 bodies of 8 MiB, after 1 MiB",
           drippedBodies},
    Attack{"slow-readers", "a partner asks 100 times on each of 100 connections and reads nothing",
           slowReaders},
    Attack{
        "letters",
        "a partner sends letters with files of up to 1 MB on 6 connections, into a quota of 32 MiB",
        letters,
        {"limits.storedBytesPerAgency", "33554432", 32 + 64 + 40}},
    Attack{
        "everything",
        "a partner sends letters, questions, fetches, dry runs and broken bytes on 6 connections",
        everything},
};

}  // namespace gateway::siege
