#pragma once
// A small directory around 01/07/2025: Bình Định (H08) and the old Gia Lai (H21) became Gia Lai.

#include "gateway/model/agencies/agency_directory.h"

namespace gateway::model::fixture {

using namespace std::chrono_literals;

inline constexpr base::Date kMerger = 2025y / 7 / 1;
inline constexpr base::Date kBefore = 2025y / 6 / 30;
inline constexpr base::Date kToday = 2026y / 11 / 21;

inline Territory territory(std::string id, Period period, std::string name,
                           std::string successor = {}) {
    Territory made;
    made.id = std::move(id);
    made.period = period;
    made.names = {{std::move(name), {}}};
    if (!successor.empty()) made.successionOn = period.until;
    made.successor = std::move(successor);
    made.origin = "territories.xml:1";
    return made;
}

inline std::vector<Territory> territories() {
    return {territory("p63-52", {{}, kMerger}, "Tỉnh Bình Định", "p34-52"),
            territory("p63-64", {{}, kMerger}, "Tỉnh Gia Lai", "p34-52"),
            territory("p63-01", {{}, kMerger}, "Thành phố Hà Nội", "p34-01"),
            territory("p34-52", {kMerger, {}}, "Tỉnh Gia Lai"),
            territory("p34-01", {kMerger, {}}, "Thành phố Hà Nội")};
}

inline Agency agency(std::string code, AgencyKind kind, AgencyLevel level, std::string where,
                     std::string name, Period period = {}) {
    Agency made;
    made.code = std::move(code);
    made.kind = kind;
    made.level = level;
    made.territory = std::move(where);
    made.names = {{std::move(name), {}, false}};
    made.period = period;
    made.origin = "agencies.xml:" + made.code;
    return made;
}

inline Agency endingWith(Agency made, SuccessionType type, std::vector<std::string> successors) {
    made.period.until = kMerger;
    for (auto& successor : successors)
        made.successors.push_back({std::move(successor), kMerger, type, {}});
    return made;
}

inline std::vector<Agency> agencies() {
    using enum AgencyKind;
    using enum AgencyLevel;
    auto wardCity =
        endingWith(agency("H08.V1", PeoplesCommittee, District, "p63-52", "UBND Quy Nhơn"),
                   SuccessionType::Split, {"H21.X1", "H21.X2"});
    wardCity.superior = "H08";
    auto ward = agency("H21.X1", PeoplesCommittee, Commune, "p34-52", "UBND phường Quy Nhơn",
                       {kMerger, {}});
    ward.superior = "H21";
    auto other = agency("H21.X2", PeoplesCommittee, Commune, "p34-52", "UBND phường Quy Nhơn Nam",
                        {kMerger, {}});
    other.superior = "H21";
    auto district = endingWith(agency("D01.08.L1", Court, District, "p63-52", "TAND Quy Nhơn"),
                               SuccessionType::Whole, {"D01.21.K1"});
    return {endingWith(agency("H08", PeoplesCommittee, Province, "p63-52", "UBND tỉnh Bình Định"),
                       SuccessionType::Whole, {"H21"}),
            agency("H21", PeoplesCommittee, Province, "p63-64", "UBND tỉnh Gia Lai"),
            wardCity,
            ward,
            other,
            district,
            endingWith(agency("D01.08", Court, Province, "p63-52", "TAND tỉnh Bình Định"),
                       SuccessionType::Whole, {"D01.21"}),
            agency("D01.21", Court, Province, "p63-64", "TAND tỉnh Gia Lai"),
            agency("D01.21.K1", Court, Region, "p34-52", "TAND khu vực 1 - Gia Lai", {kMerger, {}}),
            endingWith(agency("G15.90.08", Enforcement, Province, "p63-52", "Cục THADS Bình Định"),
                       SuccessionType::Whole, {"G15.90.21"}),
            agency("G15.90.21", Enforcement, Province, "p63-64", "THADS tỉnh Gia Lai"),
            agency("E01.21", Procuracy, Province, "p63-64", "VKSND tỉnh Gia Lai"),
            agency("E01.26", Procuracy, Province, "p63-01", "VKSND thành phố Hà Nội"),
            agency("E01", Procuracy, Central, "", "VKSND tối cao")};
}

}  // namespace gateway::model::fixture
