#pragma once
// An act of the law as data: one file of mappings/acts. What it says, who may send it and when,
// what it leaves in the case, and who is told.

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/document/digest.h"
#include "gateway/law/conditions/condition.h"
#include "gateway/law/conditions/facts.h"
#include "gateway/law/conditions/roles.h"
#include "gateway/model/agencies/agency.h"
#include "gateway/model/period.h"

namespace gateway::law {

enum class FieldType : std::uint8_t {
    Text,
    Day,
    Integer,
    Flag,
    Code,         ///< one of `codes`
    Agency,       ///< code of the directory
    Office,       ///< code of an office of the sender's own, which no directory may know
    Party,        ///< name, or code of the directory
    Obligations,  ///< numbers of obligations; none: all
    List,         ///< of `members`
    Object,       ///< with `members`; conditions speak of its fields as NAME/MEMBER
    Any,          ///< words or an object of the sender's: a reference, a reason with its code
    Files,
    Ruling  ///< typed in C++ (model/ruling.h)
};

struct Field {
    std::string name, vi;
    FieldType type{};
    Condition required;  ///< in the scene of an act without a case
    bool optional = false;
    bool future = false;  ///< a day that may be to come
    bool stays = false;   ///< left out, it may be meant to be as its sender said before
    std::vector<std::string> codes;
    std::vector<Field> members;
    /// Of a list: the act that each item is in the case of the ruling that it names.
    std::string elsewhere{};
    std::string key{};  ///< of a list: the member by which items are the same as before
};

/// Who may send it; a role without a condition always may.
struct Sender {
    Role role{};
    Condition when;
    std::string basis;
};

/// Why it may not be sent now.
struct Refusal {
    Condition when;
    std::string code, basis, vi, en;
    std::string at;  ///< the field that is to be mended; empty: the act as such
    /// What is found out of the agency that stands there holds of these alone; none: of every kind.
    std::vector<model::AgencyKind> kinds{};
};

/// Taken, but somebody should look.
struct Mark {
    std::string name;
    Condition when;
    std::string vi, en;
};

/// In which part of a matter a fact is left.
enum class FactPart : std::uint8_t {
    Spoken,   ///< in each of which the act speaks
    Brought,  ///< in the one that the act brings in (FileOf::part beside `in`)
    Whole     ///< in part 0, so that it has happened to all of them
};

/// A fact that the act adds, for each item of the list `each` if it is named.
struct FactRule {
    FactKind kind{};
    FactPart part{};
    Condition when;
    std::string each;
    DayTerm on, until, received;
    std::string code, number, party, about;  ///< "field:NAME", "sender", else the very text
    std::vector<std::string> words;          ///< fields that the fact keeps as they were said
};

enum class Level : std::uint8_t { Law, Inference };
/// What somebody is told: what was said, or how the case stands after it.
enum class What : std::uint8_t { Act, State };

struct Told {
    Role role{};
    Condition when;
    Level level{};
    std::string basis;
    What what{};
    bool copy = false;  ///< the sender itself owes it to them: from us they get a copy
};

/// What an act does beside its facts; what a case is stays typed in C++.
enum class Effect : std::uint8_t {
    None,
    Opens,     ///< may come before anything else is known of the ruling
    Revises,   ///< brings a new version of the ruling
    Strikes,   ///< withdraws an act of its sender
    Corrects,  ///< corrects fields of an act of its sender
    OnBehalf   ///< is another act, recorded for an author that has not sent it
};

/// What an act is about: a case, an office (a letter that changes no case though it may name one),
/// or whatever has a process in mappings/legal-rules. Outside a case its roles are those of the
/// office that speaks and of those it names; it leaves facts only in a matter's file (FileOf), and
/// has no obligations.
using Subject = std::string;
inline constexpr const char *kCase = "case", *kOffice = "office";
/// Of the joint statistics, which the clock opens and reports close.
inline constexpr const char* kPeriod = "period";

/// In which matter's file an act outside a case is kept; in none, if both are empty. With both it
/// is that of the message which the act names, and its own if it names none.
struct FileOf {
    std::vector<std::string> key;  ///< fields whose texts are the matter's key; "message", "sender"
    std::vector<std::string> part;  ///< fields, or the very texts, that make its part: kind first
    std::string in;                 ///< the field that names a message of the file and part
    [[nodiscard]] bool kept() const noexcept { return !key.empty() || !in.empty(); }
};
inline constexpr std::string_view kOwnMessage = "message", kItsSender = "sender";

/// What holds of the act in a period, by the day on which it is recorded.
struct ActRule {
    model::Period period;
    std::string list, member;  ///< where its obligations stand: list/member, or member alone
    std::vector<Sender> senders;
    std::vector<Refusal> refusals;
    std::vector<Mark> marks;
    std::vector<FactRule> facts;
    std::vector<Told> told;
};

struct ActDeclaration {
    std::string type, vi, en, article;
    int rank = 1;
    Effect effect{};
    bool onBehalf = true;  ///< may be recorded for its author
    Subject subject = kCase;
    Subject outside;  ///< of an act of a case that names none: what it is about then; else empty
    FileOf file;
    std::vector<Field> content;
    std::vector<ActRule> rules;  ///< one for every day of their periods
    document::Digest sha256{};   ///< of its file

    [[nodiscard]] const ActRule* ruleOn(base::Date day) const noexcept {
        for (const auto& rule : rules)
            if (rule.period.covers(day)) return &rule;
        return nullptr;
    }
    /// Of the matter's file.
    [[nodiscard]] const Subject& fileSubject() const noexcept {
        return outside.empty() ? subject : outside;
    }
};

}  // namespace gateway::law

template <>
struct gateway::model::Names<gateway::law::FieldType> {
    using enum gateway::law::FieldType;
    static constexpr std::pair<gateway::law::FieldType, std::string_view> table[] = {
        {Text, "text"},     {Day, "day"},       {Integer, "integer"},
        {Flag, "flag"},     {Code, "code"},     {Agency, "agency"},
        {Office, "office"}, {Party, "party"},   {Obligations, "obligations"},
        {List, "list"},     {Object, "object"}, {Any, "any"},
        {Files, "files"},   {Ruling, "ruling"}};
};
template <>
struct gateway::model::Names<gateway::law::Level> {
    using enum gateway::law::Level;
    static constexpr std::pair<gateway::law::Level, std::string_view> table[] = {
        {Law, "law"}, {Inference, "inference"}};
};
template <>
struct gateway::model::Names<gateway::law::What> {
    using enum gateway::law::What;
    static constexpr std::pair<gateway::law::What, std::string_view> table[] = {{Act, "act"},
                                                                                {State, "state"}};
};
template <>
struct gateway::model::Names<gateway::law::Effect> {
    using enum gateway::law::Effect;
    static constexpr std::pair<gateway::law::Effect, std::string_view> table[] = {
        {None, "none"},       {Opens, "opens"},       {Revises, "revises"},
        {Strikes, "strikes"}, {Corrects, "corrects"}, {OnBehalf, "on-behalf"}};
};
template <>
struct gateway::model::Names<gateway::law::FactPart> {
    using enum gateway::law::FactPart;
    static constexpr std::pair<gateway::law::FactPart, std::string_view> table[] = {
        {Spoken, "spoken"}, {Brought, "brought"}, {Whole, "whole"}};
};
