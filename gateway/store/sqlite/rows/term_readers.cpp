#include "gateway/store/sqlite/rows/term_readers.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/fault.h"
#include "gateway/store/sqlite/engine/query.h"

namespace gateway::store::sqlite {
namespace {

constexpr std::string_view kProvinceKind = "province ";
constexpr std::string_view kOfficerKind = "officer ";

std::string joined(std::string_view kind, std::string_view name) {
    return std::string(kind).append(name);
}

}  // namespace

std::int64_t whyOf(std::string_view role) {
    if (role == "court" || role == "lead") return why::kCourt;  // of a matter, who leads it
    if (role == "first-instance-court") return why::kFirstCourt;
    if (role == "enforcement") return why::kEnforcement;
    if (role == "procuracy") return why::kProcuracy;
    return role == "obligated" ? why::kOwner : 0;
}

std::string provinceReader(std::string_view province) { return joined(kProvinceKind, province); }

std::string officerReader(std::string_view name) { return joined(kOfficerKind, name); }

std::int64_t readerNumber(Connection& connection, std::string_view name) {
    Query query(connection, "SELECT reader FROM term_reader WHERE name = ?");
    query.with(name);
    return query.next() ? query.row().number(0) : 0;
}

std::vector<std::int64_t> provinceNumbers(Connection& connection) {
    Query query(connection,
                "SELECT reader FROM term_reader WHERE name >= 'province ' AND name < 'province!'");
    std::vector<std::int64_t> found;
    while (query.next()) found.push_back(query.row().number(0));
    return found;
}

CaseReaders::CaseReaders(Connection& connection, const CaseRecord& record) :
    connection_(connection) {
    add(common_, provinceReader(record.province), why::kProvince);
    add(common_, record.court, why::kCourt);
    add(common_, record.firstInstanceCourt, why::kFirstCourt);
    for (const auto& one : record.agencies)
        if (one.role == "enforcement" || one.role == "procuracy")
            add(common_, one.agency, whyOf(one.role));
}

std::vector<TermReader> CaseReaders::of(const TermRow& row) {
    auto readers = common_;
    add(readers, row.at.owner, why::kOwner);
    if (!row.officer.empty()) add(readers, officerReader(row.officer), why::kOfficer);
    std::ranges::sort(readers);
    return readers;
}

void CaseReaders::add(std::vector<TermReader>& readers, const std::string& name, std::int64_t why) {
    if (name.empty()) return;
    const auto number = numberOf(name);
    const auto known = std::ranges::find(readers, number, &TermReader::number);
    if (known != readers.end())
        known->why |= why;
    else
        readers.push_back({number, why});
}

std::int64_t CaseReaders::numberOf(const std::string& name) {
    for (const auto& [known, number] : known_)
        if (known == name) return number;
    auto number = readerNumber(connection_, name);
    if (number == 0) {
        Query(connection_, "INSERT INTO term_reader (name) VALUES (?)").with(name).run();
        number = connection_.lastRow();
    }
    known_.emplace_back(name, number);
    return number;
}

std::string textOf(const std::vector<TermReader>& readers) {
    std::string text;
    for (const auto& [number, why] : readers)
        text.append(text.empty() ? "" : " ")
            .append(std::to_string(number))
            .append(" ")
            .append(std::to_string(why));
    return text;
}

std::vector<TermReader> readersIn(const std::string& text) {
    std::vector<TermReader> readers;
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto next = [&at, end](std::int64_t& number) {
        while (at != end && *at == ' ') ++at;
        const auto read = std::from_chars(at, end, number);
        at = read.ptr;
        return read.ec == std::errc();
    };
    for (TermReader one; next(one.number) && next(one.why);) readers.push_back(one);
    return readers;
}

std::int64_t dayNumber(const std::string& day) {
    GW_CHECK(day.size() == 10);
    std::int64_t number = 0;
    for (const char c : day)
        if (c >= '0' && c <= '9') number = 10 * number + (c - '0');
    return number;
}

std::string dayText(std::int64_t number) {
    auto text = std::to_string(number);
    GW_CHECK(text.size() == 8);
    return text.insert(6, "-").insert(4, "-");
}

}  // namespace gateway::store::sqlite
