#pragma once
// A place in the text of a path or condition that is being parsed.

#include <string>
#include <string_view>

#include "gateway/base/fault.h"

namespace gateway::mapping {

/// Moves forward only. What fails throws base::Fault with the place.
class PathCursor {
  public:
    explicit PathCursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool atEnd() const { return at_ == text_.size(); }
    [[nodiscard]] std::size_t place() const { return at_; }
    [[nodiscard]] std::string_view since(std::size_t start) const {
        return text_.substr(start, at_ - start);
    }
    [[nodiscard]] bool sees(std::string_view token) const {
        return text_.substr(at_).starts_with(token);
    }
    bool take(std::string_view token) {
        if (!sees(token)) return false;
        at_ += token.size();
        return true;
    }
    void skipBlanks() {
        while (!atEnd() && isBlank(text_[at_])) ++at_;
    }
    /// A word of letters that stands alone, or before a parenthesis.
    bool takeWord(std::string_view word) {
        if (!sees(word)) return false;
        const std::size_t end = at_ + word.size();
        if (end < text_.size() && !isBlank(text_[end]) && text_[end] != '(') return false;
        at_ = end;
        return true;
    }
    std::string_view takeBareName() {
        const std::size_t start = at_;
        while (!atEnd() && !endsName(text_[at_])) ++at_;
        return text_.substr(start, at_ - start);
    }
    /// Digits with sign and decimal point; empty if there are none.
    std::string_view takeNumber() {
        const std::size_t start = at_;
        if (!atEnd() && text_[at_] == '-') ++at_;
        while (!atEnd() && (isDigit(text_[at_]) || text_[at_] == '.')) ++at_;
        return text_.substr(start, at_ - start);
    }
    /// 'text', with '' for a quote.
    std::string takeQuoted() {
        std::string text;
        if (!take("'")) fail("a text in single quotes is expected");
        for (;;) {
            const auto quote = text_.find('\'', at_);
            if (quote == std::string_view::npos) fail("a quote is not closed");
            text.append(text_.substr(at_, quote - at_));
            at_ = quote + 1;
            if (!take("'")) return text;
            text.push_back('\'');
        }
    }
    [[noreturn]] void fail(const std::string& reason) const {
        throw base::Fault(reason + ", at character " + std::to_string(at_ + 1) + " of \"" +
                          std::string(text_) + "\"");
    }

  private:
    static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    // Names without quotes end at anything that means something in a path.
    static bool endsName(char c) {
        return isBlank(c) || std::string_view("/[]|='\"!$(),<>").find(c) != std::string_view::npos;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace gateway::mapping
