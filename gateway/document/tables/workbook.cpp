#include "gateway/document/tables/workbook.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <vector>

#include "gateway/document/packed/unpack.h"
#include "gateway/document/tables/cell_dates.h"
#include "gateway/document/tables/sheet_cells.h"
#include "gateway/document/text.h"
#include "gateway/document/xml.h"

namespace gateway::document {
namespace {

using base::Words;

constexpr std::string_view kRelation =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kStrictRelation =
    "http://purl.oclc.org/ooxml/officeDocument/relationships";

const Words kNoWorkbook = {"không phải tệp XLSX", "it is no XLSX workbook"};

std::string attributeOf(const Node& node, std::string_view name) {
    const auto* attribute = node.attribute(name);
    return attribute == nullptr ? std::string() : attribute->value;
}

// Of its relation to a part; the attribute stands in a namespace of its own.
std::string relationOf(const Node& node) {
    for (const Node& child : node.children)
        if (child.kind == Kind::Attribute && child.name == "id" &&
            (child.namespaceUri == kRelation || child.namespaceUri == kStrictRelation))
            return child.value;
    return {};
}

struct Sheet {
    std::string name, part;
    bool hidden = false;
};

class Workbook {
  public:
    Workbook(PackedFiles files, const TableBounds& bounds, TableBuilder& builder) :
        files_(std::move(files)), bounds_(bounds), builder_(builder) {}

    void read(const std::string& wanted) {
        if (!readSheets()) return;
        const auto chosen = std::find_if(sheets_.begin(), sheets_.end(), [&](const Sheet& each) {
            return wanted.empty() ? !each.hidden : sameText(each.name, wanted);
        });
        if (chosen == sheets_.end())
            return builder_.stop(
                {}, {"không có trang tính " + (wanted.empty() ? "nào hiện" : "“" + wanted + "”"),
                     wanted.empty() ? "it shows no sheet" : "it has no sheet \"" + wanted + "\""});
        CellValues values;
        values.dates = dates_;
        if (!readStyles(values) || !readTexts(values)) return;
        for (const Sheet& each : sheets_) {
            const auto root = part(each.part);
            if (!root) return;
            const auto* data = root->child("sheetData");
            if (data == nullptr) continue;  // a chart
            if (&each == &*chosen)
                readSheet(*root, *data, values, builder_);
            else if (hasValues(*data))
                builder_.otherSheet(each.name);
            if (builder_.stopped()) return;
        }
    }

  private:
    std::optional<Node> part(const std::string& name) {
        const auto bytes = files_.read(name);
        if (!bytes) {
            builder_.stop(
                {}, bytes.error() == PackFault::NoSuchFile ? kNoWorkbook : wordsOf(bytes.error()));
            return std::nullopt;
        }
        auto parsed = XmlDocument::parse(*bytes, {64, bounds_.nodes});
        if (!parsed) {
            const auto text = base::render(parsed.error());
            builder_.stop({}, {name + ": " + text.vi, name + ": " + text.en});
            return std::nullopt;
        }
        return std::move(parsed->toTree().root);
    }

    bool has(const std::string& name) const {
        const auto& names = files_.names();
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    // What the archive names as the document; some programs call it xl/workbook2.xml.
    std::optional<std::string> mainPart() {
        const std::string usual = "xl/workbook.xml", list = "_rels/.rels";
        if (!has(list)) return usual;
        const auto relations = part(list);
        if (!relations) return std::nullopt;
        for (const Node& relation : relations->children)
            if (attributeOf(relation, "Type").ends_with("/officeDocument")) {
                const auto target = attributeOf(relation, "Target");
                return target.starts_with('/') ? target.substr(1) : target;
            }
        return usual;
    }

    bool readSheets() {
        const auto main = mainPart();
        if (!main) return false;
        const auto root = part(*main);
        if (!root) return false;
        const auto folder = main->substr(0, main->rfind('/') + 1);
        const auto relations = part(folder + "_rels/" + main->substr(folder.size()) + ".rels");
        if (!relations) return false;
        std::map<std::string, std::string> targets;
        for (const Node& relation : relations->children) {
            auto target = attributeOf(relation, "Target");
            target = target.starts_with('/') ? target.substr(1) : folder + target;
            const auto kind = attributeOf(relation, "Type");
            if (kind.ends_with("/styles")) styles_ = target;
            if (kind.ends_with("/sharedStrings")) texts_ = target;
            targets.emplace(attributeOf(relation, "Id"), std::move(target));
        }
        if (const auto* about = root->child("workbookPr")) {
            const auto from1904 = attributeOf(*about, "date1904");
            if (from1904 == "1" || from1904 == "true") dates_ = DateSystem::From1904;
        }
        if (const auto* list = root->child("sheets"))
            for (const Node& sheet : list->children) {
                if (sheet.kind != Kind::Element) continue;
                const auto state = attributeOf(sheet, "state");
                sheets_.push_back({attributeOf(sheet, "name"), targets[relationOf(sheet)],
                                   state == "hidden" || state == "veryHidden"});
            }
        return true;
    }

    // The look of cells, which is all that tells a date from a number.
    bool readStyles(CellValues& values) {
        if (!has(styles_)) return true;
        const auto root = part(styles_);
        if (!root) return false;
        std::map<std::string, bool> own;
        if (const auto* formats = root->child("numFmts"))
            for (const Node& format : formats->children)
                own[attributeOf(format, "numFmtId")] = showsDate(attributeOf(format, "formatCode"));
        if (const auto* looks = root->child("cellXfs"))
            for (const Node& look : looks->children) {
                if (look.kind != Kind::Element) continue;
                const auto id = attributeOf(look, "numFmtId");
                unsigned number = 0;
                std::from_chars(id.data(), id.data() + id.size(), number);
                const auto known = own.find(id);
                values.lookIsDate.push_back(known == own.end() ? showsDate(number) : known->second);
            }
        return true;
    }

    bool readTexts(CellValues& values) {
        if (!has(texts_)) return true;
        const auto root = part(texts_);
        if (!root) return false;
        for (const Node& item : root->children)
            if (item.kind == Kind::Element) values.texts.push_back(richText(item));
        return true;
    }

    PackedFiles files_;
    TableBounds bounds_;
    TableBuilder& builder_;
    std::vector<Sheet> sheets_;
    std::string styles_, texts_;
    DateSystem dates_ = DateSystem::From1900;
};

}  // namespace

void readWorkbook(std::string_view bytes, const std::string& sheet, const TableBounds& bounds,
                  TableBuilder& builder) {
    PackBounds pack;
    pack.bytes = bounds.unpackedBytes;
    auto files = PackedFiles::open(bytes, pack);
    if (!files) return builder.stop({}, wordsOf(files.error()));
    Workbook(std::move(files).value(), bounds, builder).read(sheet);
}

}  // namespace gateway::document
