#pragma once
// What one mapping makes of one sample, in either direction: for authors and their tools.

#include <map>
#include <string>

#include "gateway/app/authors/workshop.h"
#include "gateway/base/clock.h"
#include "gateway/document/tables/table.h"
#include "gateway/document/tree.h"
#include "gateway/mapping/plan.h"

namespace gateway::app {

/// What comes with a sample: what the signature's header would say, and other documents.
struct SampleSurroundings {
    mapping::ExchangeValues exchange;
    std::map<std::string, document::Tree, std::less<>> documents;

    [[nodiscard]] mapping::Documents given() const;
};

/// Puts given values over those of the exchange: {"sender": "…", "partner": {"system": "…"}}, the
/// latter as a registration's settings.
void addGivenValues(const document::Node& given, mapping::ExchangeValues& values);

/// Invented values of the exchange, and over them those of a file (addGivenValues); documents as
/// NAME=FILE. Throws InputError for a file that cannot be read.
[[nodiscard]] SampleSurroundings surroundingsOf(const mapping::Plan& plan,
                                                const std::string& exchangeFile,
                                                const std::vector<std::string>& documents);

/// A trial as `check-mapping --json` tells it, without its head: `problems` and, as far as it came,
/// `ours`, `theirs`, `report`, `leftOut`, `roundTrip`.
struct SampleTrial {
    bool accepted = false;
    document::Node told = document::objectNode();
    std::string result;  ///< the document that came of it, in the notation of its side
};

/// One problem, and what became of every node, as `--json` tells them.
[[nodiscard]] document::Node problemNode(const base::Problem& problem);
[[nodiscard]] document::Node reportNode(const mapping::Report& report);
[[nodiscard]] document::Node textList(std::string name, const std::vector<std::string>& texts);

/// Bytes of one side as a mapping reads them, or why they are none.
[[nodiscard]] base::Result<document::Content> contentOf(document::Form form,
                                                        const std::string& bytes);
/// Where two documents of one side differ, as JSON pointers; the order of members says nothing. At
/// most 50.
[[nodiscard]] std::vector<std::string> differencesOf(const document::Node& left,
                                                     const document::Node& right);

/// The sample is theirs. What was read is written and read again, where the mapping goes both ways.
/// Of a table `rows` tells each row as a message of its own.
[[nodiscard]] SampleTrial trialInward(const CheckedMapping& checked, const std::string& bytes,
                                      const SampleSurroundings& around, base::Date today);
/// The same for one message, of a table one row.
[[nodiscard]] SampleTrial trialMessage(const CheckedMapping& checked,
                                       const document::Content& content,
                                       const SampleSurroundings& around, base::Date today);
/// The table of a sample, CSV or XLSX; the mapping has a table().
[[nodiscard]] base::Result<document::Table> tableOf(const mapping::Plan& plan,
                                                    const std::string& bytes);
/// The sample is ours. What was written is read again, where the mapping goes both ways.
[[nodiscard]] SampleTrial trialOutward(const CheckedMapping& checked, const std::string& bytes,
                                       const SampleSurroundings& around);

}  // namespace gateway::app
