#pragma once
// What libxml2's schema validator says, said to a clerk in two languages. Internal to document.

#include "gateway/base/problem.h"

struct _xmlError;
struct _xmlNode;

namespace gateway::document {

/// What to mend; never empty in either language. Only a message of libxml2 that is not known here
/// stands as it is, and in the English words only. `node` is what the error is about: the
/// attribute, if the message names one, else the element.
[[nodiscard]] base::Words complaintOf(const _xmlError& error, const _xmlNode* node);

}  // namespace gateway::document
