#include "gateway/app/workbench/fault_words.h"

#include <optional>
#include <vector>

namespace gateway::app {
namespace {

/// {} stands for what is told of one mapping alone.
struct Words {
    std::string_view en, vi;
};

constexpr Words kWords[] = {
    {R"x(absent is asked when theirs is read)x",
     R"x(absent chỉ có nghĩa khi đọc bản của cơ quan)x"},
    {R"x(absent speaks of a place of ours)x", R"x(absent nói về một chỗ của mô hình)x"},
    {R"x(what is required is never absent)x", R"x(chỗ bắt buộc thì không bao giờ vắng)x"},
    {R"x(valid-until is the first day not: later than valid-from)x",
     R"x(valid-until là ngày đầu tiên hết hiệu lực, phải sau valid-from)x"},
    {R"x({} is not unique, another code has it, too; say only="in" for what)x"
     R"x( is never written, only="out" for what is never read)x",
     R"x({} bị trùng: một mã khác cũng có; ghi only="in" cho mã không bao giờ)x"
     R"x( ghi ra, only="out" cho mã không bao giờ đọc vào)x"},
    {R"x(there are two parts "{}")x", R"x(có hai part tên “{}”)x"},
    {R"x(there are two code lists "{}")x", R"x(có hai danh mục mã tên “{}”)x"},
    {R"x(XML is accepted by its root, JSON has none)x",
     R"x(XML được nhận theo phần tử gốc, JSON không có gốc)x"},
    {R"x(root is the name of an element)x", R"x(root là tên một phần tử)x"},
    {R"x(JSON is accepted by a condition)x", R"x(JSON được nhận theo một điều kiện (when))x"},
    {R"x(rules nested too deeply: more than {}, or a part that uses itself)x",
     R"x(luật lồng quá sâu: hơn {} tầng, hoặc một part dùng chính nó)x"},
    {R"x(say part or mapping)x", R"x(phải ghi part hoặc mapping)x"},
    {R"x(there is no such part)x", R"x(không có part nào tên như vậy)x"},
    {R"x(.. leads out of the document)x", R"x(.. đi ra ngoài tài liệu)x"},
    {R"x({} cannot stand here)x", R"x({} không được đứng ở đây)x"},
    {R"x({} can only be read; say direction="in")x", R"x({} chỉ đọc được; ghi direction="in")x"},
    {R"x({} can only be read; say direction)x", R"x({} chỉ đọc được một chiều; ghi direction)x"},
    {R"x("{}" is no list)x", R"x(“{}” không phải danh sách)x"},
    {R"x(the case model has no "{}")x", R"x(mô hình chung không có “{}”)x"},
    {R"x(ours has no "{}")x", R"x(mô hình của ta không có “{}”)x"},
    {R"x("{}" is none of the words of "{}")x", R"x(“{}” không thuộc các giá trị của “{}”)x"},
    {R"x("{}" is no text, so no item has it)x",
     R"x(“{}” không phải văn bản nên không mục nào có giá trị ấy)x"},
    {R"x({} is never set; say direction="out")x",
     R"x({} không bao giờ được điền; ghi direction="out")x"},
    {R"x({} is never written; say direction="in")x",
     R"x({} không bao giờ được ghi ra; ghi direction="in")x"},
    {R"x(ours goes down from here only)x", R"x(ours chỉ đi xuống từ chỗ này)x"},
    {R"x("{}" is of another kind than the type)x", R"x(“{}” khác loại với kiểu đã ghi)x"},
    {R"x(write is one of the places of theirs)x", R"x(write là một trong các chỗ của theirs)x"},
    {R"x(ours must name a list)x", R"x(ours phải là một danh sách)x"},
    {R"x(theirs must name what repeats)x", R"x(theirs phải là chỗ lặp lại)x"},
    {R"x(a list is a place in the document)x", R"x(danh sách phải là một chỗ trong tài liệu)x"},
    {R"x(which item of "{}"? use each, or a condition)x",
     R"x(mục nào của “{}”? dùng each hoặc một điều kiện)x"},
    {R"x(only NAME = 'text' can be made true; say direction)x",
     R"x(khi ghi ra chỉ tạo được điều kiện TÊN = 'văn bản'; ghi direction)x"},
    {R"x(refer="yes" needs <references> that says how they are written)x",
     R"x(refer="yes" cần <references> cho biết cách ghi)x"},
    {R"x(refer names one of several <references>)x",
     R"x(có nhiều <references>: refer phải nêu tên một cái)x"},
    {R"x({} only reads; say direction)x", R"x({} chỉ đọc vào; ghi direction)x"},
    {R"x({} only writes; say direction)x", R"x({} chỉ ghi ra; ghi direction)x"},
    {R"x({} is of another form than this document)x",
     R"x({} khác dạng (XML/JSON) với tài liệu này)x"},
    {R"x(a mapping of the case model stands at the root of ours)x",
     R"x(ánh xạ vào mô hình chung phải đứng ở gốc của ours)x"},
    {R"x(the condition should end)x", R"x(điều kiện đáng ra phải kết thúc)x"},
    {R"x(a condition nested too deeply)x", R"x(điều kiện lồng quá sâu)x"},
    {R"x(=, !=, <, >, starts or matches is expected)x",
     R"x(cần một trong: =, !=, <, >, starts, matches)x"},
    {R"x(a count is compared with a number)x", R"x(count chỉ so với một số)x"},
    {R"x(quote a text)x", R"x(văn bản phải đặt trong nháy đơn)x"},
    {R"x(a number or a text in single quotes is expected)x",
     R"x(cần một số hoặc văn bản trong nháy đơn)x"},
    {R"x(the path should end)x", R"x(đường dẫn đáng ra phải kết thúc)x"},
    {R"x(the exchange has no value of that name)x",
     R"x(lần trao đổi không có giá trị nào tên như vậy)x"},
    {R"x(a name is expected)x", R"x(cần một tên)x"},
    {R"x(a number is expected)x", R"x(cần một số)x"},
    {R"x(there is no <document> "{}")x", R"x(không có <document> “{}”)x"},
    {R"x(too many steps)x", R"x(quá nhiều bước)x"},
    {R"x(nothing stands below an attribute)x", R"x(dưới thuộc tính không có gì)x"},
    {R"x(JSON has no attributes; quote the name)x",
     R"x(JSON không có thuộc tính; đặt tên trong nháy)x"},
    {R"x(* stands alone for any name; quote a name that has it)x",
     R"x(* đứng một mình cho mọi tên; tên có dấu ấy thì đặt trong nháy)x"},
    {R"x("{}" is no name in XML)x", R"x(“{}” không phải tên trong XML)x"},
    {R"x(no namespace is declared for this prefix)x",
     R"x(tiền tố này chưa khai báo không gian tên)x"},
    {R"x(an attribute does not repeat)x", R"x(thuộc tính không lặp lại)x"},
    {R"x([1] is the first, [last] the last)x", R"x([1] là mục đầu, [last] là mục cuối)x"},
    {R"x("{}" is expected)x", R"x(cần “{}”)x"},
    {R"x(say by <accept> what is read)x", R"x(phải ghi bằng <accept> nhận thông điệp nào)x"},
    {R"x(there are two documents "{}")x", R"x(có hai <document> tên “{}”)x"},
    {R"x(say theirs="table")x", R"x(phải ghi theirs="table")x"},
    {R"x(a table is written with its header first: say direction="in")x",
     R"x(bảng ghi ra thì tiêu đề ở hàng đầu: ghi direction="in")x"},
    {R"x(this mapping only reads)x", R"x(ánh xạ này chỉ đọc vào)x"},
    {R"x(say by message what it is in the case model)x",
     R"x(phải ghi bằng message đó là loại nào của mô hình chung)x"},
    {R"x(there is no message or act "{}")x", R"x(không có loại thông điệp hay văn bản “{}”)x"},
    {R"x(an XSD is for XML, a JSON Schema for JSON)x",
     R"x(XSD dùng cho XML, JSON Schema dùng cho JSON)x"},
    {R"x(two schemas judge one direction; say direction)x",
     R"x(hai lược đồ cùng xét một chiều; ghi direction)x"},
    {R"x(option {} always holds in one direction, so those after it never do)x",
     R"x(option {} luôn đúng ở một chiều nên các option sau không bao giờ được dùng)x"},
    {R"x(options {} and {} cannot be told apart in one direction)x",
     R"x(không phân biệt được option {} và {} ở một chiều)x"},
    {R"x(a constant has either theirs or ours)x",
     R"x(constant có theirs hoặc ours, không cả hai)x"},
    {R"x(a constant stands in the document)x", R"x(constant phải đứng trong tài liệu)x"},
    {R"x(a constant is one place)x", R"x(constant là một chỗ duy nhất)x"},
    {R"x(a constant is one value)x", R"x(constant là một giá trị duy nhất)x"},
    {R"x(the default is no value of ours of this type)x",
     R"x(giá trị mặc định không thuộc kiểu này của mô hình)x"},
    {R"x(a group is a place in the document)x", R"x(group phải là một chỗ trong tài liệu)x"},
    {R"x(a group is one place)x", R"x(group là một chỗ duy nhất)x"},
    {R"x("{}" has nothing below it)x", R"x(dưới “{}” không có gì)x"},
    {R"x(name a place in the document)x", R"x(phải nêu một chỗ trong tài liệu)x"},
    {R"x("{}" is no text)x", R"x(“{}” không phải văn bản)x"},
    {R"x(each list above needs a key)x", R"x(mỗi danh sách ở trên cần một khóa)x"},
    {R"x(theirs has {n} where the number stands)x", R"x(theirs phải có {n} ở chỗ của số)x"},
    {R"x(a list is one place)x", R"x(danh sách là một chỗ duy nhất)x"},
    {R"x(up-to is a number from 1 to 99)x", R"x(up-to là số từ 1 đến 99)x"},
    {R"x(the pieces stand on the other side than the text)x",
     R"x(các piece đứng ở phía bên kia của văn bản)x"},
    {R"x(a piece without a place says why)x", R"x(piece không có chỗ thì phải ghi why)x"},
    {R"x(say by write what stands there when it is written)x",
     R"x(phải ghi bằng write nội dung khi ghi ra)x"},
    {R"x(the text stands in theirs or in ours; its pieces on the other side)x",
     R"x(văn bản ở theirs hoặc ở ours; các piece ở phía bên kia)x"},
    {R"x(a pattern stands in the document)x", R"x(pattern phải đứng trong tài liệu)x"},
    {R"x(the rest goes between two documents of one form, neither of which is the case model)x",
     R"x(rest chỉ đi giữa hai tài liệu cùng dạng, không bên nào là mô hình chung)x"},
    {R"x(items are told apart by on or by width)x", R"x(các mục được tách bằng on hoặc width)x"},
    {R"x(the list has items of another kind than the type)x",
     R"x(danh sách có mục khác loại với kiểu đã ghi)x"},
    {R"x(the prefix "{}" is declared twice)x", R"x(tiền tố “{}” được khai báo hai lần)x"},
    {R"x({} cannot be read)x", R"x(không đọc được {})x"},
    {R"x(unknown is refuse, keep, omit or use:CODE)x",
     R"x(unknown là refuse, keep, omit hoặc use:MÃ)x"},
    {R"x("{}" shows no amount, e.g. 1.234,56)x",
     R"x(“{}” không phải mẫu số tiền, ví dụ 1.234,56)x"},
    {R"x(a brace is not closed in form)x", R"x(dấu { chưa đóng trong form)x"},
    {R"x(form names a piece that is missing or used before)x",
     R"x(form nêu một piece không có hoặc đã dùng)x"},
    {R"x(a piece is not in form)x", R"x(có piece không nằm trong form)x"},
    {R"x(a unit occurs twice)x", R"x(một đơn vị xuất hiện hai lần)x"},
    {R"x(a quote is not closed)x", R"x(dấu nháy chưa đóng)x"},
    {R"x(the letter {} means nothing here: forms have {}, and other letters in quotes)x",
     R"x(chữ {} không có nghĩa ở đây: mẫu gồm {}; chữ khác đặt trong nháy)x"},
    {R"x(year, month and day are needed)x", R"x(cần đủ năm, tháng và ngày)x"},
    {R"x(a date has no time)x", R"x(date không có giờ)x"},
    {R"x(a moment has an hour)x", R"x(moment phải có giờ)x"},
    {R"x(there is no time zone "{}")x", R"x(không có múi giờ “{}”)x"},
    {R"x(words for true and for false go together)x", R"x(true và false phải ghi cùng nhau)x"},
    {R"x("{}" is true and false)x", R"x(“{}” vừa là true vừa là false)x"},
    {R"x(there is no code list "{}")x", R"x(không có danh mục mã “{}”)x"},
    {R"x(words for true and false go with as="boolean" only)x",
     R"x(true và false chỉ đi với as="boolean")x"},
    {R"x(a zone goes with as="moment" only)x", R"x(zone chỉ đi với as="moment")x"},
    {R"x(there is no type "{}")x", R"x(không có kiểu “{}”)x"},
};

using Parts = std::vector<std::string_view>;

Parts split(std::string_view words) {
    Parts parts;
    for (auto at = words.find("{}"); at != words.npos; at = words.find("{}")) {
        parts.push_back(words.substr(0, at));
        words.remove_prefix(at + 2);
    }
    parts.push_back(words);
    return parts;
}

// What stands behind the words tells where in a path, a condition or a form it is.
std::optional<std::string> placed(std::string_view behind) {
    constexpr std::string_view kAt = ", at character ", kIn = " in the form ";
    if (behind.empty()) return std::string();
    if (behind.starts_with(kIn)) return " trong mẫu " + std::string(behind.substr(kIn.size()));
    if (!behind.starts_with(kAt)) return std::nullopt;
    std::string said = ", ở ký tự " + std::string(behind.substr(kAt.size()));
    if (const auto of = said.find(" of "); of != std::string::npos) said.replace(of, 4, " của ");
    return said;
}

// The text in Vietnamese, if from its start it is these words.
std::optional<std::string> saidAs(std::string_view text, const Words& words) {
    const Parts english = split(words.en), vietnamese = split(words.vi);
    if (!text.starts_with(english.front())) return std::nullopt;
    text.remove_prefix(english.front().size());
    std::string said(vietnamese.front());
    for (std::size_t i = 1; i < english.size(); ++i) {
        const auto end = text.find(english[i]);
        if (end == text.npos) return std::nullopt;
        said.append(text.substr(0, end)).append(vietnamese.at(i));
        text.remove_prefix(end + english[i].size());
    }
    auto behind = placed(text);
    return behind ? std::optional(said + *behind) : std::nullopt;
}

}  // namespace

std::string vietnameseFault(const std::string& english) {
    // Elements and files that it stands in come first, with a colon behind each.
    for (std::size_t start = 0;;) {
        for (const auto& words : kWords)
            if (const auto said = saidAs(std::string_view(english).substr(start), words))
                return english.substr(0, start) + *said;
        const auto colon = english.find(": ", start);
        if (colon == std::string::npos) break;
        start = colon + 2;
    }
    return "Luật chưa đúng (lời tiếng Anh): " + english;
}

}  // namespace gateway::app
