#include "tests/siege/report.h"

#include <cstdio>

namespace gateway::siege {
namespace {

std::string rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

}  // namespace

void printHead(std::ostream& out) {
    out << "| attack | honest requests | failed | p99 at rest, ms | p99 under attack, ms "
           "| RSS max, MiB | disk growth, MiB |\n|---|---|---|---|---|---|---|\n"
        << std::flush;
}

void printRow(std::ostream& out, const Row& row) {
    out << "| " << row.attack << " | " << row.underAttack.requests << " | "
        << row.underAttack.failed << " | " << rounded(row.atRest.p99Ms) << " | "
        << rounded(row.underAttack.p99Ms) << " | " << rounded(row.memoryMiB) << " | "
        << rounded(row.diskMiB) << " |\n"
        << std::flush;
}

}  // namespace gateway::siege
