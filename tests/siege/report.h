#pragma once
// The account of a siege, as a table in Markdown.

#include <ostream>
#include <string>
#include <vector>

#include "tests/siege/honest.h"

namespace gateway::siege {

struct Row {
    std::string attack;
    Service atRest, underAttack;
    double memoryMiB = 0, diskMiB = 0;
};

void printHead(std::ostream& out);
void printRow(std::ostream& out, const Row& row);

}  // namespace gateway::siege
