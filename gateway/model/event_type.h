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
        {EventType::TransferUndone, "TransferUndone"}};
};

}  // namespace gateway::model
