#pragma once
// How a ruling reached the enforcement authority: hình thức nhận (NĐ 152/2026 Đ.7.4).

#include "gateway/model/names.h"

namespace gateway::model {

enum class FormOfReceipt { Electronic, Direct, Post, Other };  ///< hình thức nhận
template <>
struct Names<FormOfReceipt> {
    static constexpr std::pair<FormOfReceipt, std::string_view> table[] = {
        {FormOfReceipt::Electronic, "electronic"},
        {FormOfReceipt::Direct, "direct"},
        {FormOfReceipt::Post, "post"},
        {FormOfReceipt::Other, "other"}};
};

}  // namespace gateway::model
