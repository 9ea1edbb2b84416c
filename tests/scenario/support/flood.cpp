#include "tests/scenario/support/flood.h"

#include "gateway/base/clock.h"
#include "gateway/base/encoding.h"
#include "gateway/base/ids.h"

namespace gateway::scenario {

model::DocumentTransfer letterFrom(const std::string& sender,
                                   const std::vector<model::Attachment>& files) {
    model::DocumentTransfer letter;
    letter.number = letter.notation = letter.subject = "G1";
    letter.documentId = base::newId("doc", base::SystemClock().now());  // each is another
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = sender;
    letter.attachments = files;
    return letter;
}

void Flood::start(std::uint32_t threads) {
    stopping_ = false;
    for (std::uint32_t i = 0; i < threads; ++i)
        threads_.emplace_back([this, seed = settings_.seed + i] { play(seed); });
}

void Flood::stop() {
    stopping_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void Flood::play(std::uint32_t seed) {
    std::mt19937 chance(seed);
    while (!stopping_) {
        const auto wave = settings_.waves[chance() % settings_.waves.size()];
        ++sent_[index(wave)];
        take(wave, send(wave, chance));
    }
}

model::DocumentTransfer Flood::letter(std::mt19937& chance) const {
    model::Attachment file;
    file.fileName = "1.pdf";
    file.mediaType = "application/pdf";
    std::string bytes(1 + chance() % settings_.mostFileBytes, '\0');
    for (auto& each : bytes) each = static_cast<char>(chance());
    file.content = base::toBase64(bytes);
    auto letter = letterFrom(agency_.code(), {file});
    for (const auto& recipient : settings_.recipients)
        letter.recipients.emplace_back().code = recipient;
    return letter;
}

Reply Flood::send(Wave wave, std::mt19937& chance) {
    const Signed broken{std::string(1 + chance() % 5'000, '<'), "application/xml"};
    switch (wave) {
        case Wave::Letter: break;
        case Wave::Question: {
            model::StatisticsQuery query;
            query.select.court = agency_.code();
            return agency_.ask(query);
        }
        case Wave::Fetch: return fetch();
        case Wave::DryRun:
            return agency_.post("/v1/messages?dry-run",
                                agency_.json(agency_.message(letter(chance))));
        case Wave::Broken: return agency_.send(broken);
        case Wave::BrokenQuestion: return agency_.ask(broken);
    }
    const auto message = agency_.message(letter(chance));
    Letter sent{&agency_, message.envelope.id, agency_.json(message), ""};
    auto reply = agency_.send(sent.sent);
    if (reply.status == 200 && !reply.verdict().empty()) sent.receipt = reply.body;
    const std::lock_guard lock(mutex_);
    letters_.push_back(std::move(sent));
    return reply;
}

Reply Flood::fetch() const {
    auto listed = agency_.get("/v1/mailbox");
    const auto item = listed.at("items/0/item");
    return item.empty() ? listed : agency_.get("/v1/mailbox/" + item);
}

void Flood::take(Wave wave, const Reply& reply) {
    const bool broken = wave == Wave::Broken || wave == Wave::BrokenQuestion;
    if (reply.status == (broken ? 422 : 200)) {
        ++taken_[index(wave)];
        return;
    }
    if (reply.status == 503 && reply.code() == "STORAGE_SHORT") {
        ++noSpace_;
        return;
    }
    const bool later = reply.status == 429 || (reply.status == 503 && reply.code() == "OVERLOADED");
    if (later || (reply.status == 422 && reply.code() == "QUOTA_EXCEEDED")) return;
    const std::lock_guard lock(mutex_);
    strange_.insert(std::to_string(index(wave)) + ": " + std::to_string(reply.status) + " " +
                    reply.code() + " " + reply.at("refusal/reasons/0/en"));
}

std::string Flood::settle() const {
    const std::lock_guard lock(mutex_);
    std::string wrong;
    for (const auto& letter : letters_) {
        const auto kept = agency_.get("/v1/messages?id=" + letter.id);
        if (letter.receipt.empty() ? kept.status != 404 : kept.body != letter.receipt)
            wrong += letter.id + " is kept as " + std::to_string(kept.status) + "\n";
        if (!letter.receipt.empty() && agency_.send(letter.sent).body != letter.receipt)
            wrong += letter.id + " got another receipt\n";
    }
    return wrong;
}

std::set<std::string> Flood::strange() const {
    const std::lock_guard lock(mutex_);
    return strange_;
}

}  // namespace gateway::scenario
