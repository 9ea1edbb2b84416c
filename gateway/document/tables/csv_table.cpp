#include "gateway/document/tables/csv_table.h"

#include <csv.h>

#include "gateway/base/fault.h"
#include "gateway/document/print/csv.h"

namespace gateway::document {
namespace {

// A line ends at LF; the CR before it is white space, so that CR LF is one end and not two.
int isSpace(unsigned char c) { return c == ' ' || c == '\t' || c == '\r' ? 1 : 0; }
int isEnd(unsigned char c) { return c == '\n' ? 1 : 0; }

class Parser {
  public:
    Parser(char separator, TableBuilder& builder) : builder_(builder) {
        constexpr unsigned char kHow = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL;
        GW_CHECK(csv_init(&parser_, kHow) == 0);
        csv_set_delim(&parser_, static_cast<unsigned char>(separator));
        csv_set_space_func(&parser_, isSpace);
        csv_set_term_func(&parser_, isEnd);
    }
    ~Parser() { csv_free(&parser_); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    void read(std::string_view bytes) {
        // In blocks, so that a file that cannot be used is not read to its end.
        constexpr std::size_t kBlock = 64 * 1024;
        while (!bytes.empty() && !builder_.stopped()) {
            const auto block = bytes.substr(0, kBlock);
            if (csv_parse(&parser_, block.data(), block.size(), field, record, this) !=
                block.size())
                return broken();
            bytes.remove_prefix(block.size());
        }
        if (!builder_.stopped() && csv_fini(&parser_, field, record, this) != 0) broken();
    }

  private:
    static void field(void* text, std::size_t size, void* self) {
        auto& parser = *static_cast<Parser*>(self);
        parser.builder_.cell({parser.row_, ++parser.column_},
                             std::string(withoutGuard({static_cast<const char*>(text), size})));
    }
    static void record(int /*end*/, void* self) {
        auto& parser = *static_cast<Parser*>(self);
        ++parser.row_;
        parser.column_ = 0;
    }
    void broken() {
        builder_.stop({row_, column_ + 1}, {"dấu nháy kép sai chỗ hoặc không đóng",
                                            "a quote is misplaced or not closed"});
    }

    csv_parser parser_{};
    TableBuilder& builder_;
    std::uint32_t row_ = 1, column_ = 0;
};

}  // namespace

void readCsv(std::string_view bytes, char separator, TableBuilder& builder) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    constexpr std::string_view kSays = "sep=";
    if (bytes.starts_with(kSays)) {
        const auto end = bytes.find('\n');
        auto said = bytes.substr(kSays.size(), end == bytes.npos ? end : end - kSays.size());
        if (said.ends_with('\r')) said.remove_suffix(1);
        if (said.size() == 1) {
            separator = said.front();
            bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
        }
    }
    Parser(separator, builder).read(bytes);
}

}  // namespace gateway::document
