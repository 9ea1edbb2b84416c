#include "connectors/simulator/stage/cast.h"

#include "gateway/base/fault.h"

namespace gateway::simulator {
namespace {

using Codes = std::set<std::string>;

// These take deliveries at their own address; all others fetch from their mailbox.
const Codes kTakingPushes = {"H17", "H05", "E01.17"};

class Caster {
  public:
    Caster(const model::AgencyDirectory& directory, base::Date today) :
        directory_(directory), today_(today) {}

    // Formats alternate and seals change every third, so that each meets each.
    void add(const Codes& codes, Role role, const std::string& format, const std::string& line) {
        std::size_t index = 0;
        for (const auto& code : codes) {
            const auto* agency = directory_.find(code, today_);
            if (!agency) throw base::Fault("the directory has no agency " + code);
            Member member;
            member.code = code;
            member.name = agency->nameOn(today_);
            member.role = role;
            member.xml = index % 2 == 0;
            member.format = format + (member.xml ? "-xml" : "-json");
            member.channel = line == "court"
                                 ? (member.xml ? "court-platform-xml" : "court-platform-json")
                             : line.empty() ? code
                                            : line;
            member.seal =
                index % 3 == 1 ? trust::DemoAlgorithm::Rsa2048 : trust::DemoAlgorithm::P256;
            member.push = kTakingPushes.contains(code);
            cast_.members.emplace(code, std::move(member));
            ++index;
        }
    }

    void addLine(std::string id, std::string owner) {
        Line line{std::move(id), std::move(owner), {}};
        for (const auto& [code, member] : cast_.members)
            if (member.channel == line.id) line.carries.push_back(code);
        cast_.lines.push_back(std::move(line));
    }

    Cast take() { return std::move(cast_); }

  private:
    const model::AgencyDirectory& directory_;
    base::Date today_;
    Cast cast_;
};

}  // namespace

std::vector<const Member*> Cast::withRole(Role role) const {
    std::vector<const Member*> found;
    for (const auto& [code, member] : members)
        if (member.role == role) found.push_back(&member);
    return found;
}

Cast castFor(CastCodes codes, const model::AgencyDirectory& directory, base::Date today) {
    codes.enforcement.insert(kEnforcementDepartment);
    codes.procuracies.insert(kSupremeProcuracy);
    Caster caster(directory, today);
    caster.add(codes.courts, Role::Court, "court", "court");
    caster.add(codes.enforcement, Role::Enforcement, "case-model", "enforcement-software");
    caster.add(codes.committees, Role::Committee, "committee", "");
    caster.add(codes.procuracies, Role::Procuracy, "procuracy", "procuracy-software");
    caster.addLine("court-platform-xml", kSupremeCourt);
    caster.addLine("court-platform-json", kSupremeCourt);
    caster.addLine("enforcement-software", kEnforcementDepartment);
    caster.addLine("procuracy-software", kSupremeProcuracy);
    for (const auto& code : codes.committees) caster.addLine(code, code);
    return caster.take();
}

}  // namespace gateway::simulator
