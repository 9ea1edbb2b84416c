#pragma once
// Who plays: agencies of the directory with a system, a format, a seal and a way to be reached.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/model/agencies/agency_directory.h"
#include "gateway/trust/certificates/demo_pki.h"

namespace gateway::simulator {

enum class Role { Court, Enforcement, Committee, Procuracy };

struct Member {
    std::string code, name;
    Role role{};
    std::string format;  ///< "court-xml", "case-model-json" ...
    bool xml = false;
    std::string channel;  ///< the connection that its messages come on
    trust::DemoAlgorithm seal = trust::DemoAlgorithm::P256;
    bool push = false;  ///< takes deliveries at an address of its own
};

/// A TLS certificate: of an agency, or of a platform that carries for many.
struct Line {
    std::string id, owner;
    std::vector<std::string> carries;
};

/// Who is to play, by code; the central authorities always do.
struct CastCodes {
    std::set<std::string> courts, enforcement, committees, procuracies;
};

/// Everybody whom a play concerns, and the central authorities. A plain value.
struct Cast {
    std::map<std::string, Member> members;
    std::vector<Line> lines;

    [[nodiscard]] std::vector<const Member*> withRole(Role role) const;
};

/// Throws base::Fault for a code that the directory does not have.
[[nodiscard]] Cast castFor(CastCodes codes, const model::AgencyDirectory& directory,
                           base::Date today);

inline constexpr const char* kSupremeCourt = "D01";
inline constexpr const char* kSupremeProcuracy = "E01";
inline constexpr const char* kEnforcementDepartment = "G15.90";

}  // namespace gateway::simulator
