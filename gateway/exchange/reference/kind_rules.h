#pragma once
// What one kind of agency may do: connectors/<kind>/kind.xml as values.

#include <string>
#include <vector>

#include "gateway/model/agencies/agency.h"
#include "gateway/model/messages/message.h"
#include "gateway/model/messages/ruling.h"
#include "gateway/model/period.h"

namespace gateway::exchange {

/// Why an agency is in a case; the texts of store::CaseAgency::role.
enum class CaseRole { Court, FirstInstanceCourt, Enforcement, Procuracy, Obligated };

enum class CaseScope { Own, Subordinate, Territory, All };

/// One message type that a kind may send or is sent. No roles: the message belongs to no case.
/// No levels: every level.
struct MessageRight {
    model::MessageType type{};
    std::vector<CaseRole> roles;
    std::vector<model::AgencyLevel> levels;
    std::string basis;
};

struct SightRight {
    CaseScope scope{};
    std::vector<CaseRole> roles;
    std::vector<model::AgencyLevel> levels;
    std::string basis;
};

/// At which instance courts of these levels ruled in that time. `over`: the levels of the courts of
/// first instance whose rulings they review; empty at first instance.
struct Competence {
    model::Instance instance{};
    std::vector<model::AgencyLevel> levels, over;
    model::Period period;
    std::string basis;
};

/// Whose breaches an agency of these levels lists: agencies of these kinds and levels.
struct Supervision {
    std::vector<model::AgencyLevel> levels;
    std::vector<model::AgencyKind> kinds;
    std::vector<model::AgencyLevel> over;
    std::string basis;
};

struct KindRules {
    std::string name;
    std::vector<model::AgencyKind> covers;
    std::vector<MessageRight> sends, receives;
    std::vector<SightRight> sees;
    std::vector<Competence> hears;
    std::vector<Supervision> supervises;
    std::string origin;  ///< file and line, for messages
};

}  // namespace gateway::exchange

template <>
struct gateway::model::Names<gateway::exchange::CaseRole> {
    using E = gateway::exchange::CaseRole;
    static constexpr std::pair<E, std::string_view> table[] = {
        {E::Court, "court"},
        {E::FirstInstanceCourt, "first-instance-court"},
        {E::Enforcement, "enforcement"},
        {E::Procuracy, "procuracy"},
        {E::Obligated, "obligated"}};
};

template <>
struct gateway::model::Names<gateway::exchange::CaseScope> {
    using E = gateway::exchange::CaseScope;
    static constexpr std::pair<E, std::string_view> table[] = {{E::Own, "own"},
                                                               {E::Subordinate, "subordinate"},
                                                               {E::Territory, "territory"},
                                                               {E::All, "all"}};
};
