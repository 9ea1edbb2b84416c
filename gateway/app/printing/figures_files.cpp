#include "gateway/app/printing/figures_files.h"

#include <Poco/Exception.h>
#include <Poco/Process.h>
#include <xlsxwriter.h>

#include "gateway/app/printing/scratch_folder.h"
#include "gateway/app/settings/failure.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"

namespace gateway::app {
namespace {

namespace figures = law::figures;

// The longest text that a cell of a workbook takes, in characters.
constexpr std::size_t kLongestText = 32'000;

class Book {
  public:
    explicit Book(const std::filesystem::path& file) :
        file_(file), book_(workbook_new(file.c_str())) {
        if (!book_) throw InputError("cannot write " + file.string());
        bold_ = workbook_add_format(book_);
        format_set_bold(bold_);
        wrapped_ = workbook_add_format(book_);
        format_set_text_wrap(wrapped_);
        format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
    }
    ~Book() {
        if (book_) workbook_close(book_);
    }
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    void sheet(const char* name, const std::vector<double>& widths) {
        sheet_ = workbook_add_worksheet(book_, name);
        row_ = 0;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            worksheet_set_column(sheet_, column, column, widths[i], nullptr);
        }
        worksheet_set_paper(sheet_, 9);  // A4
        worksheet_set_landscape(sheet_);
        worksheet_fit_to_pages(sheet_, 1, 0);
    }
    void texts(const std::vector<std::string>& all, bool bold = false) {
        for (std::size_t i = 0; i < all.size(); ++i) put(i, all[i], bold);
        ++row_;
    }
    // The fourth cell of a row of figures is its number.
    void row(const figures::Row& one) {
        const bool bold = one.kind == figures::Row::Kind::Sheet;
        const std::vector<std::string> all{one.id, one.vi, one.en, one.text, one.source, one.basis};
        for (std::size_t i = 0; i < all.size(); ++i) put(i, all[i], bold);
        if (one.value)
            worksheet_write_number(sheet_, row_, 3, static_cast<double>(*one.value), nullptr);
        ++row_;
    }
    // Texts, and numbers as numbers.
    void mixed(const std::vector<std::string>& all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool number =
                !all[i].empty() && all[i].find_first_not_of("0123456789") == std::string::npos;
            if (number)
                worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(i), std::stod(all[i]),
                                       nullptr);
            else
                put(i, all[i], false);
        }
        ++row_;
    }
    void close() {
        const auto failed = workbook_close(std::exchange(book_, nullptr));
        if (failed != LXW_NO_ERROR)
            throw InputError("cannot write " + file_.string() + ": " + lxw_strerror(failed));
    }

  private:
    void put(std::size_t column, std::string text, bool bold) {
        if (text.size() > kLongestText) text = "…";
        if (!text.empty())
            worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), text.c_str(),
                                   bold ? bold_ : wrapped_);
    }

    const std::filesystem::path file_;
    lxw_workbook* book_;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format *bold_ = nullptr, *wrapped_ = nullptr;
    lxw_row_t row_ = 0;
};

void addLines(Book& book, const figures::ColumnFigures& column) {
    for (const auto& line : column.whole.lines) {
        std::string grounds;
        for (const auto& ground : line.grounds)
            grounds += (grounds.empty() ? "" : "; ") + ground.what + " " + ground.message + " " +
                       base::formatDayMonthYear(ground.day);
        book.texts({column.column->id, line.ruling, line.label, line.item, grounds});
    }
}

}  // namespace

void writeWorkbook(const figures::Table& table, const figures::Heading& heading,
                   const std::filesystem::path& file) {
    Book book(file);
    book.sheet("Biểu", {16, 60, 40, 18, 14, 40});
    book.texts({figures::titleOf(table.period), figures::headingText(heading)}, true);
    book.texts({"Mã", "Chỉ tiêu", "Tiếng Anh", "Số", "Nguồn", "Căn cứ"}, true);
    for (const auto& row : figures::rowsOf(table, heading.form)) book.row(row);
    for (const auto& row : heading.more) book.row(row);
    book.sheet("Chi tiết", {10, 30, 30, 40, 90});
    book.texts({"Mã", "Vụ việc", "Bản án, quyết định", "Mục", "Căn cứ để đếm"}, true);
    for (const auto& column : table.columns)
        if (heading.form.empty() || heading.form == column.sheet->form) addLines(book, column);
    book.close();
}

void writeReportBook(const std::vector<figures::Printed>& sections,
                     const std::filesystem::path& file) {
    Book book(file);
    for (const auto& section : sections) {
        book.sheet(section.id.c_str(), {50, 18, 18, 18, 18, 18});
        book.texts({section.vi}, true);
        book.texts(section.heads, true);
        for (const auto& row : section.rows) book.mixed(row);
    }
    book.close();
}

void writePdf(const std::string& html, const std::filesystem::path& file) {
    const ScratchFolder folder;
    const auto page = folder.path / "page.html";
    base::replaceFile(page, html);
    try {
        auto process = Poco::Process::launch("weasyprint", {page.string(), file.string()});
        if (process.wait() == 0) return;
    } catch (const Poco::Exception&) {
        // The same as a program that has failed.
    }
    throw InputError("weasyprint made no " + file.string() +
                     "; is the package weasyprint installed? --format html needs nothing");
}

}  // namespace gateway::app
