#pragma once
// ZIP archives of any number of files, as partners' software makes them.

#include <gtest/gtest.h>
#include <zip.h>

#include <string>
#include <utility>
#include <vector>

namespace gateway::document::testing {

using Files = std::vector<std::pair<std::string, std::string>>;

inline std::string packed(const Files& files, const char* password = nullptr) {
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
    zip_source_keep(target);
    for (const auto& [name, content] : files) {
        const auto index = zip_file_add(
            archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0),
            ZIP_FL_ENC_UTF_8);
        EXPECT_GE(index, 0) << name;
        if (password != nullptr) {
            EXPECT_EQ(zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index),
                                              ZIP_EM_AES_256, password),
                      0);
        }
    }
    EXPECT_EQ(zip_close(archive), 0);
    EXPECT_EQ(zip_source_open(target), 0);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    EXPECT_EQ(zip_source_read(target, bytes.data(), bytes.size()),
              static_cast<zip_int64_t>(bytes.size()));
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

}  // namespace gateway::document::testing
