#pragma once
// What can happen in a case: the names of its history.

#include "gateway/model/names.h"

namespace gateway::model {

enum class EventType {
    JudgmentTransferred,
    TransferLinked,
    Registered,
    NoticeIssued,
    NoticeAcknowledged,
    StatusReported,
    CompletionReported,
    DocumentReceived,
    Parked,
    ParkingEnded,
    Pinged,
    OperatorActed,
    DeliveryFailed,   ///< refused by its recipient, or given up
    DeliverySettled,  ///< such a one was closed by an operator
    TransferUndone,   ///< an operator has struck a transfer that should not have been
    ActRecorded,      ///< an act that is known by its declaration alone (Event::act)
    TermsTold,        ///< the clock: terms near or over
};
template <>
struct Names<EventType> {
    static constexpr std::pair<EventType, std::string_view> table[] = {
        {EventType::JudgmentTransferred, "JudgmentTransferred"},
        {EventType::TransferLinked, "TransferLinked"},
        {EventType::Registered, "Registered"},
        {EventType::NoticeIssued, "NoticeIssued"},
        {EventType::NoticeAcknowledged, "NoticeAcknowledged"},
        {EventType::StatusReported, "StatusReported"},
        {EventType::CompletionReported, "CompletionReported"},
        {EventType::DocumentReceived, "DocumentReceived"},
        {EventType::Parked, "Parked"},
        {EventType::ParkingEnded, "ParkingEnded"},
        {EventType::Pinged, "Pinged"},
        {EventType::OperatorActed, "OperatorActed"},
        {EventType::DeliveryFailed, "DeliveryFailed"},
        {EventType::DeliverySettled, "DeliverySettled"},
        {EventType::TransferUndone, "TransferUndone"},
        {EventType::ActRecorded, "ActRecorded"},
        {EventType::TermsTold, "TermsTold"}};
};

/// Acts whose events had names of their own before acts were declared.
inline constexpr std::pair<EventType, std::string_view> kNamedActs[] = {
    {EventType::JudgmentTransferred, "JudgmentTransfer"},
    {EventType::Registered, "TransferAcknowledgement"},
    {EventType::NoticeIssued, "VoluntaryNotice"},
    {EventType::NoticeAcknowledged, "NoticeAcknowledgement"},
    {EventType::StatusReported, "StatusReport"},
    {EventType::CompletionReported, "CompletionReport"}};

/// How the history calls the recording of an act of that type.
[[nodiscard]] inline EventType eventOfAct(std::string_view act) {
    for (const auto& [event, name] : kNamedActs)
        if (name == act) return event;
    return EventType::ActRecorded;
}
/// The act that an event of that name records; empty if the name does not tell.
[[nodiscard]] inline std::string_view actOfEvent(EventType event) {
    for (const auto& [type, name] : kNamedActs)
        if (type == event) return name;
    return {};
}

}  // namespace gateway::model
