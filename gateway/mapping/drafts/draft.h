#pragma once
// The first draft of a mapping, made from a sample: it loads at once and maps next to nothing.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/document/tables/table.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/drafts/known_names.h"
#include "gateway/mapping/drafts/sample.h"

namespace gateway::mapping::drafts {

struct DraftRequest {
    document::Form form = document::Form::Xml;
    std::string id;          ///< "committee-new/report"
    std::string message;     ///< empty: whichever type the names speak for most
    std::string schemaFile;  ///< as the mapping names it; empty if there is none
    std::string sampleName;
    std::optional<document::TableLayout> table{};  ///< where the rows stand; form is then Json
    document::Prefixes prefixes{};                 ///< those of the sample, of XML
    /// A schema of ours as the mapping names it, and what it says; without one ours is the case
    /// model. `message` says nothing then.
    std::string oursFile{};
    std::shared_ptr<const document::Outline> ours{};
};

struct Draft {
    std::string text;
    std::string message;       ///< empty where ours is a schema of its own
    std::size_t places = 0;    ///< values, lists and objects that are somebody's to decide on
    std::size_t proposed = 0;  ///< those for which a place of ours is proposed
};

/// `names` are those of `request.ours`, if there is one. Everything of theirs is ignored with the
/// reason "CHƯA ÁNH XẠ", below groups as they stand, each with what was seen and, as a comment, the
/// rule that it may become. The envelope is filled. `message` empty and no name known:
/// Draft::message is empty and so is the text.
[[nodiscard]] Draft draftOf(const SamplePlace& root, const DraftRequest& request,
                            const KnownNames& names);

}  // namespace gateway::mapping::drafts
