#pragma once
// One description per structure, visited by whatever reads, writes or checks it.
//
// A structure S of the model has a free function `template <class V> void describe(V& v, S& s)`
// that calls v.required("name", s.member) or v.optional("name", s.member) for each member, in the
// order in which it is written. Visitors live in the rooms above (mapping/binding.h).
//
// Members may be: std::string, bool, std::int64_t, base::Date, base::Timestamp, a Named enum,
// std::vector of any of these or of structures, std::optional (optional members only), and
// structures. An empty vector or an empty string in an optional member means absent.

namespace gateway::model {

template <class V, class S>
concept DescribedFor = requires(V& visitor, S& structure) {
    describe(visitor, structure);
};

}  // namespace gateway::model
