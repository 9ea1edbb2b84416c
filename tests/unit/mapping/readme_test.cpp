// The examples in mappings/README.md are the files that the tests run.

#include "mapping_fixture.h"

namespace gateway::mapping {
namespace {

// What follows "<!-- snippet FILE -->" and its fence, up to the closing fence: a whole file, or
// with "part" lines of it.
struct Snippet {
    bool whole = false;
    std::string file, text;
};

std::vector<Snippet> snippetsOf(const std::string& text) {
    std::vector<Snippet> snippets;
    for (const std::string kind : {"snippet", "part"}) {
        const std::string mark = "<!-- " + kind + " ";
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
            at += mark.size();
            const auto end = text.find(" -->\n```", at);
            const auto body = text.find('\n', end + 6) + 1;
            const auto close = text.find("```\n", body);
            if (end == std::string::npos || close == std::string::npos) return {};
            snippets.push_back(
                {kind == "snippet", text.substr(at, end - at), text.substr(body, close - body)});
        }
    }
    return snippets;
}

std::string withoutDeclaration(const std::string& text) {
    return text.starts_with("<?xml") ? text.substr(text.find('\n') + 1) : text;
}

TEST(Readme, snippetsAreCutFromTestedFiles) {
    const auto snippets = snippetsOf(fileText(kSource / "mappings/README.md"));
    ASSERT_EQ(snippets.size(), 29U);
    for (const auto& snippet : snippets) {
        const std::string text = withoutDeclaration(fileText(kSource / snippet.file));
        if (snippet.whole)
            EXPECT_EQ(snippet.text, text) << snippet.file;
        else
            EXPECT_NE(text.find(snippet.text), std::string::npos) << snippet.file;
    }
}

}  // namespace
}  // namespace gateway::mapping
