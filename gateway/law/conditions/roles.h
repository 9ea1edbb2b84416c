#pragma once
// What an agency or party is in a case: acts are sent by roles, and roles are told.
// Domain: mappings/acts; which agency holds a role on a day is the directory's to say.

#include <cstdint>

#include "gateway/model/names.h"

namespace gateway::law {

enum class Role : std::uint8_t {
    CourtFirst,         ///< court of first instance, or its successor
    CourtIssuer,        ///< court that issued the ruling
    Thads,              ///< enforcement authority of the court of first instance
    Obligated,          ///< người phải thi hành án
    Superior,           ///< direct superior of the obligated party
    DefendantSuperior,  ///< direct superior of the defendant
    Entitled,           ///< người được thi hành án; outside, told by others
    ProcuracyFirst,     ///< procuracy of the level of the court of first instance
    ProcuracyIssuer,    ///< procuracy of the level of the court that issued
    Department,         ///< Cục Quản lý thi hành án dân sự
    Ministry,           ///< Bộ Tư pháp
    ProtestAuthority,   ///< may protest by way of cassation or reopening
    Cassation,          ///< council that decided on a protest
    Sanctioner,         ///< authority that disciplined or fined
    Addressee,          ///< whom the act itself names
    Author,             ///< who has sent the act that this one answers
    Lead,               ///< of a matter: who makes the sheet, answers the petition
    Counterpart,        ///< and who has to do with a part of it
    Public,             ///< the portals
    Gateway,            ///< the clock
};

}  // namespace gateway::law

template <>
struct gateway::model::Names<gateway::law::Role> {
    using enum gateway::law::Role;
    static constexpr std::pair<gateway::law::Role, std::string_view> table[] = {
        {CourtFirst, "court-first"},
        {CourtIssuer, "court-issuer"},
        {Thads, "thads"},
        {Obligated, "obligated"},
        {Superior, "superior-obligated"},
        {DefendantSuperior, "superior-defendant"},
        {Entitled, "entitled"},
        {ProcuracyFirst, "procuracy-first"},
        {ProcuracyIssuer, "procuracy-issuer"},
        {Department, "department"},
        {Ministry, "moj"},
        {ProtestAuthority, "protest-authority"},
        {Cassation, "cassation-council"},
        {Sanctioner, "sanctioner"},
        {Addressee, "addressee"},
        {Author, "author"},
        {Lead, "lead"},
        {Counterpart, "counterpart"},
        {Public, "public"},
        {Gateway, "gateway"}};
};
