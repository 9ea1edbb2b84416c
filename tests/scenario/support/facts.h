#pragma once
// Invented rulings and what agencies say about them. Gia Lai's court, enforcement authority and
// procuracy, and one ward of it, stand in the project's own directory.

#include <string>

#include "gateway/model/questions/any_message.h"

namespace gateway::scenario {

inline const std::string kCourt = "D01.21";
inline const std::string kOtherCourt = "D01.26";
inline const std::string kEnforcement = "G15.90.21";
inline const std::string kProcuracy = "E01.21";
inline const std::string kCommittee = "H21.X1";
/// Merged into kCourt on 01/07/2025.
inline const std::string kFormerCourt = "D01.08";

/// A ruling of kCourt with one obligation of kCommittee.
[[nodiscard]] model::JudgmentTransfer transferOf(const std::string& number,
                                                 model::Category category = model::Category::B);
[[nodiscard]] model::CaseReference caseOf(const std::string& number);
/// An act with that content, JSON; in the case of ruling `number`, or in none.
[[nodiscard]] model::DeclaredAct actOf(const std::string& type, const std::string& content,
                                       const std::string& number = {});
/// A member of an act that is a text, said anew.
void say(document::Node& content, const std::string& member, const std::string& text);
void say(model::DeclaredAct& act, const std::string& member, const std::string& text);
void say(model::DeclaredAct& act, const std::string& member, base::Date day);
[[nodiscard]] model::DeclaredAct registrationOf(const std::string& number,
                                                const std::string& registerNumber);
[[nodiscard]] model::DeclaredAct noticeOf(const std::string& number,
                                          const std::string& noticeNumber);
[[nodiscard]] model::DeclaredAct noticeSeen(const std::string& number,
                                            const std::string& noticeNumber);
/// The same of today: in time, so that the clock has nothing to say of them.
[[nodiscard]] model::DeclaredAct noticeToday(const std::string& number,
                                             const std::string& noticeNumber);
[[nodiscard]] model::DeclaredAct seenToday(const std::string& number,
                                           const std::string& noticeNumber);
[[nodiscard]] model::DeclaredAct statusOf(const std::string& number,
                                          const std::string& reportNumber);
[[nodiscard]] model::DeclaredAct completionOf(const std::string& number,
                                              const std::string& reportNumber);
/// The first thing that a report says is done.
[[nodiscard]] document::Node& firstItem(model::DeclaredAct& report);
/// A question for one ruling, with its history.
[[nodiscard]] model::MonitoringQuery questionFor(const std::string& number);

}  // namespace gateway::scenario
