#include "tests/scenario/support/correspondence.h"

namespace gateway::scenario {

void Correspondence::start(int threads) {
    stopping_ = false;
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { play(); });
}

void Correspondence::stop() {
    stopping_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void Correspondence::play() {
    while (!stopping_) {
        const int n = ++numbers_;
        const auto number = std::to_string(1000 + n) + "/2026/HC-ST";
        const auto notice = std::to_string(n) + "/TB";
        const bool xml = n % 2 == 0;
        const auto& a = agencies_;
        const bool whole =
            say(a.court, a.court.message(transferOf(number)), xml) &&
            say(a.enforcement, a.enforcement.message(registrationOf(number, notice)), xml) &&
            say(a.enforcement, a.enforcement.message(noticeToday(number, notice)), !xml) &&
            say(a.committee, a.committee.message(seenToday(number, notice)), xml) &&
            say(a.committee, a.committee.message(statusOf(number, notice)), !xml) &&
            say(a.committee, a.committee.message(completionOf(number, notice)), xml);
        if (!whole) return;
    }
}

bool Correspondence::say(const Agency& sender, const model::Message& message, bool xml) {
    if (stopping_) return false;
    const auto sent = xml ? sender.xml(message) : sender.json(message);
    std::size_t index = 0;
    {
        const std::lock_guard lock(mutex_);
        index = letters_.size();
        letters_.push_back({&sender, message.envelope.id, sent, ""});
    }
    const auto reply = sender.send(sent);
    take(index, reply);
    return reply.status == 200;
}

void Correspondence::take(std::size_t index, const Reply& reply) {
    const std::lock_guard lock(mutex_);
    if (reply.status == 200 && reply.sealed && !reply.verdict().empty()) {
        letters_[index].receipt = reply.body;
    } else if (!reply.answered() || reply.status == 503) {
        ++silences_;
    } else {
        strange_.push_back(letters_[index].id + ": " + std::to_string(reply.status) + " " +
                           reply.code() + " " + reply.at("refusal/reasons/0/en"));
    }
}

std::string Correspondence::settle() {
    std::string wrong;
    for (std::size_t i = 0; i < letters_.size(); ++i) {
        auto& letter = letters_[i];
        if (letter.receipt.empty()) take(i, letter.sender->send(letter.sent));
        const auto again = letter.sender->send(letter.sent);
        const auto kept = letter.sender->get("/v1/messages?id=" + letter.id);
        if (letter.receipt.empty()) wrong += letter.id + " has no receipt\n";
        if (again.body != letter.receipt)
            wrong += letter.id + " got another receipt: " + std::to_string(again.status) + " " +
                     again.code() + "\n";
        if (kept.body != letter.receipt) wrong += letter.id + " is kept with another receipt\n";
    }
    for (const auto& line : strange_) wrong += line + "\n";
    return wrong;
}

std::size_t Correspondence::acknowledged() const {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& letter : letters_) count += letter.receipt.empty() ? 0 : 1;
    return count;
}

std::size_t Correspondence::sent() const {
    const std::lock_guard lock(mutex_);
    return letters_.size();
}

std::vector<std::string> Correspondence::strange() const {
    const std::lock_guard lock(mutex_);
    return strange_;
}

}  // namespace gateway::scenario
