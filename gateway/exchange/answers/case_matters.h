#pragma once
// What is about a case and has a file of its own (a petition), as it is seen in the case.

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/limits.h"
#include "gateway/base/result.h"
#include "gateway/exchange/desk/reception.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/model/questions/inquiry.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Who reads a case sees those files there whose process says so (`seen-by` in
/// mappings/legal-rules): their terms among those of the case, and their acts in its history, as
/// known and as happened like the case itself; never what was said. Borrows all; one thread.
class CaseMatters {
  public:
    CaseMatters(const Inbound& inbound, store::Cases& cases, const base::Limits& limits) :
        inbound_(inbound), cases_(cases), limits_(limits) {}

    /// Adds to `views` what is about these cases, and to `ids` the files that were read.
    [[nodiscard]] std::optional<base::Problem> addTo(const std::vector<store::CaseRecord>& records,
                                                     const std::string& asker,
                                                     const model::MonitoringQuery& query,
                                                     std::vector<model::CaseView>& views,
                                                     std::vector<std::string>& ids);

  private:
    [[nodiscard]] std::optional<base::Problem> charged(std::size_t bytes) const;
    [[nodiscard]] std::vector<model::CaseFile> seen(const std::vector<store::CaseRecord>& cases,
                                                    const std::vector<store::CaseRecord>& matters,
                                                    const std::string& asker) const;

    const Inbound& inbound_;
    store::Cases& cases_;
    const base::Limits& limits_;
};

/// Of one message of a case or a matter.
void addHistory(const store::MessageRecord& message, model::CaseView& view);

}  // namespace gateway::exchange
