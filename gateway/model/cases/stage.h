#pragma once
// How far an obligation, and a case as a whole, has come.

#include "gateway/model/names.h"

namespace gateway::model {

/// Stages of one obligation (Vietnamese names: gateway/README.md, glossary). All of them are
/// named now so that stored texts never change; the first life reaches those up to Completed.
enum class Stage {
    Received,
    Registered,
    NotMonitored,
    Assigned,
    Voluntary,
    VoluntaryEnded,
    Overdue,
    Compelled,
    NonCompliant,
    Completed,
    Returned,
    Superseded,
    Annulled,
    Terminated,
    Closed
};
template <>
struct Names<Stage> {
    static constexpr std::pair<Stage, std::string_view> table[] = {
        {Stage::Received, "RECEIVED"},
        {Stage::Registered, "REGISTERED"},
        {Stage::NotMonitored, "NOT_MONITORED"},
        {Stage::Assigned, "ASSIGNED"},
        {Stage::Voluntary, "VOLUNTARY"},
        {Stage::VoluntaryEnded, "VOLUNTARY_ENDED"},
        {Stage::Overdue, "OVERDUE"},
        {Stage::Compelled, "COMPELLED"},
        {Stage::NonCompliant, "NON_COMPLIANT"},
        {Stage::Completed, "COMPLETED"},
        {Stage::Returned, "RETURNED"},
        {Stage::Superseded, "SUPERSEDED"},
        {Stage::Annulled, "ANNULLED"},
        {Stage::Terminated, "TERMINATED"},
        {Stage::Closed, "CLOSED"}};
};

}  // namespace gateway::model
