#pragma once
// The facts that are played: the project's own rulings, with invented persons and real agencies.

#include <filesystem>
#include <string>
#include <vector>

#include "gateway/model/messages/message.h"

namespace gateway::simulator {

struct FileFact {
    std::string fileName, mediaType;
    std::size_t bytes = 0;
};

struct NoticeFact {
    std::string addressee;
    std::vector<std::int64_t> obligations;
    std::string voluntaryTerm, duties, consequences;
};

struct AnswerFact {
    std::string agency;
    std::int64_t obligation = 0;
    model::Progress progress{};
    std::string text;
    bool minutes = false;
};

struct RulingFact {
    std::string id;
    std::string sender;  ///< the court that holds the file today
    std::string numberNormalised;
    std::string dateAsTyped;  ///< when the court's clerk typed the date his own way
    std::string enforcement, procuracy, province;
    bool monitored = true;
    std::string notMonitoredReason;
    model::Ruling ruling;
    std::vector<FileFact> files;  ///< without those that must not be sent
    std::vector<std::string> withheld;
    std::vector<NoticeFact> notices;
    std::vector<AnswerFact> answers;

    [[nodiscard]] std::vector<AnswerFact> answersOf(const std::string& agency) const;
    /// The stage that the gateway must show in the end.
    [[nodiscard]] std::string finalStage() const;
};

/// Throws base::Fault for a file that does not fit the case model.
[[nodiscard]] std::vector<RulingFact> loadFacts(const std::filesystem::path& file);

/// The ruling with its files, made on the spot: a small PDF each, filled up to its size.
[[nodiscard]] model::Ruling withFiles(const RulingFact& fact);

}  // namespace gateway::simulator
