#pragma once
// What one ruling has to write into a cell. Internal to the shelf.

#include "gateway/law/figures/ruling_view.h"
#include "gateway/law/registers/register.h"

namespace gateway::law::registers {

/// Borrows everything. One thread.
class Items {
  public:
    Items(const RegisterBook& book, const figures::RulingView& view, base::Timestamp cutoff,
          const Naming& naming) :
        book_(book), view_(view), cutoff_(cutoff), naming_(naming) {}

    /// In the order in which they were recorded; each text of a message once.
    [[nodiscard]] std::vector<Item> of(const Column& column, std::size_t lineNo) const;

  private:
    using Fields = std::map<std::string, std::string, std::less<>>;
    void addVersions(const Entry& entry, std::vector<Item>& items) const;
    void addFacts(const Entry& entry, std::vector<Item>& items) const;
    void addActs(const Entry& entry, std::vector<Item>& items) const;
    void addTerms(const Entry& entry, std::vector<Item>& items) const;
    [[nodiscard]] std::vector<Fields> thingsOf(const Entry& entry,
                                               const model::Ruling& ruling) const;
    [[nodiscard]] std::string word(std::string_view code) const;
    [[nodiscard]] std::string stageOf(std::int64_t obligation) const;

    const RegisterBook& book_;
    const figures::RulingView& view_;
    const base::Timestamp cutoff_;
    const Naming& naming_;
};

}  // namespace gateway::law::registers
