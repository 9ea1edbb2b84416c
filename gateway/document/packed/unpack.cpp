#include "gateway/document/packed/unpack.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "gateway/base/fault.h"

namespace gateway::document {
namespace {

// Of less than this nobody makes a bomb.
constexpr std::size_t kSmallFile = std::size_t{1024} * 1024;

struct CloseFile {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

PackFault faultOf(int zipError) {
    const bool locked = zipError == ZIP_ER_NOPASSWD || zipError == ZIP_ER_WRONGPASSWD ||
                        zipError == ZIP_ER_ENCRNOTSUPP;
    return locked ? PackFault::Encrypted : PackFault::Damaged;
}

bool isTooDense(const zip_stat_t& about, std::size_t ratio) {
    return about.size > kSmallFile &&
           about.size / std::max<zip_uint64_t>(about.comp_size, 1) > ratio;
}

}  // namespace

base::Words wordsOf(PackFault fault) {
    switch (fault) {
        case PackFault::Damaged:
            return {"tệp nén hỏng hoặc không phải tệp ZIP", "it is damaged, or no ZIP archive"};
        case PackFault::Encrypted: return {"tệp đặt mật khẩu", "it is locked by a password"};
        case PackFault::NoSuchFile:
            return {"thiếu phần bắt buộc trong tệp nén", "a part that it must have is missing"};
        case PackFault::NotOneFile:
            return {"tệp nén phải chứa đúng một tệp", "it must hold exactly one file"};
        case PackFault::TwoOfAName:
            return {"tệp nén có hai tệp trùng tên", "two files in it bear one name"};
        case PackFault::TooMany: return {"tệp nén có quá nhiều tệp", "it holds too many files"};
        case PackFault::TooLarge:
            return {"nội dung sau giải nén quá lớn", "its unpacked content is too large"};
    }
    throw base::Fault("no such fault of a packed file");
}

void PackedFiles::Close::operator()(zip* archive) const noexcept { zip_discard(archive); }
PackedFiles::PackedFiles(PackedFiles&&) noexcept = default;
PackedFiles& PackedFiles::operator=(PackedFiles&&) noexcept = default;
PackedFiles::~PackedFiles() = default;

base::Result<PackedFiles, PackFault> PackedFiles::open(std::string_view bytes,
                                                       const PackBounds& bounds) {
    if (bytes.empty()) return PackFault::Damaged;  // the library takes it for an empty archive
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) return faultOf(zip_error_code_zip(&error));
    zip_t* const opened = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (opened == nullptr) {
        zip_source_free(source);
        return faultOf(zip_error_code_zip(&error));
    }
    PackedFiles files(opened);
    const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(opened, 0));
    if (count > bounds.files) return PackFault::TooMany;
    for (zip_uint64_t i = 0; i < count; ++i) {
        zip_stat_t about;
        if (zip_stat_index(opened, i, 0, &about) != 0) return PackFault::Damaged;
        if (about.encryption_method != ZIP_EM_NONE) return PackFault::Encrypted;
        if (about.size > bounds.bytes - files.unpacked_ || isTooDense(about, bounds.ratio))
            return PackFault::TooLarge;
        files.unpacked_ += about.size;
        std::string name = about.name;
        if (!name.ends_with('/')) files.names_.push_back(std::move(name));
    }
    auto sorted = files.names_;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        return PackFault::TwoOfAName;
    return files;
}

base::Result<std::string, PackFault> PackedFiles::read(const std::string& name) {
    const auto index = zip_name_locate(archive_.get(), name.c_str(), 0);
    zip_stat_t about;
    if (index < 0 ||
        zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &about) != 0)
        return PackFault::NoSuchFile;
    const std::unique_ptr<zip_file_t, CloseFile> file(
        zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
    if (!file) return faultOf(zip_error_code_zip(zip_get_error(archive_.get())));
    std::string content;
    std::array<char, 16 * 1024> block{};
    while (true) {
        const auto got = zip_fread(file.get(), block.data(), block.size());
        if (got < 0) return PackFault::Damaged;
        if (got == 0) return content;
        // What the archive says of its sizes is the sender's word only, and was weighed.
        if (content.size() + static_cast<std::size_t>(got) > about.size) return PackFault::TooLarge;
        content.append(block.data(), static_cast<std::size_t>(got));
    }
}

base::Result<std::string, PackFault> unpackSingle(std::string_view bytes,
                                                  const PackBounds& bounds) {
    auto files = PackedFiles::open(bytes, bounds);
    if (!files) return files.error();
    if (files->names().size() != 1) return PackFault::NotOneFile;
    return files->read(files->names().front());
}

std::string packSingle(const std::string& name, std::string_view content) {
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    GW_CHECK(target != nullptr);
    zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
    GW_CHECK(archive != nullptr);
    zip_source_keep(target);  // zip_close() lets go of the archive's own hold
    zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    GW_CHECK(index >= 0);
    // The first instant that a ZIP can name: the clock must not be in the bytes.
    constexpr zip_uint16_t kFirstDay = (1U << 5U) | 1U;
    GW_CHECK(zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, kFirstDay, 0) == 0);
    GW_CHECK(zip_close(archive) == 0);
    GW_CHECK(zip_source_open(target) == 0);
    GW_CHECK(zip_source_seek(target, 0, SEEK_END) == 0);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    GW_CHECK(zip_source_seek(target, 0, SEEK_SET) == 0);
    const auto got = zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    GW_CHECK(got == static_cast<zip_int64_t>(bytes.size()));
    return bytes;
}

}  // namespace gateway::document
