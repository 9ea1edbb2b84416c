#include "connectors/simulator/demo/tour.h"

#include <algorithm>

#include "connectors/simulator/stage/child_process.h"

namespace gateway::simulator {
namespace {

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

// The text with what stands between `before` and the next quotation mark put aside.
std::string withPlace(std::string text, const std::string& before, const std::string& place) {
    const auto start = text.find(before);
    if (start == std::string::npos) throw base::Fault("no " + before + " in the question");
    const auto from = start + before.size();
    return text.replace(from, text.find('"', from) - from, place);
}

const RulingFact& firstOf(const Play& play, bool xml) {
    for (const auto& fact : play.facts)
        if (play.cast.members.at(fact.sender).xml == xml) return fact;
    throw base::Fault("no court with that format");
}

Office& procuracyWithJson(Play& play) {
    for (const auto* member : play.cast.withRole(Role::Procuracy))
        if (!member->xml) return play.office(member->code);
    throw base::Fault("no procuracy with JSON");
}

Office& fetchingCommittee(Play& play) {
    for (const auto* member : play.cast.withRole(Role::Committee))
        if (!member->push && member->name.starts_with("Ủy ban")) return play.office(member->code);
    throw base::Fault("no committee with a mailbox");
}

}  // namespace

Tour::Tour(Play& play, const std::filesystem::path& gatewayBinary, const std::string& sequence) :
    play_(play), binary_(gatewayBinary), directory_(play.world.directory.root() / "tour") {
    std::filesystem::create_directories(directory_);
    const auto& paths = play.world.directory;
    const auto& fact = firstOf(play, true);
    auto& court = play.office(fact.sender);
    model::Ruling ruling = fact.ruling;
    // Numbers are given by the year.
    const auto year = std::to_string(static_cast<int>(ruling.reference.issuedOn.year()));
    ruling.reference.number = sequence + "/" + year + "/HC-ST";
    const auto message = court.compose(model::JudgmentTransfer{ruling});
    writeFile(directory_ / "ban-an.xml", court.write(message));
    const auto receipt = directory_ / "bien-nhan.xml";
    const std::string socket = " --socket " + quoted(paths.socket());

    add("1-court-sends", "Tòa án gửi một bản án mới (gửi lại: cùng biên nhận)",
        "a court sends one more ruling (again: the same receipt)",
        client("send", court, true) + " --save " + quoted(receipt) + " " +
            quoted(directory_ / "ban-an.xml"));
    add("2-court-looks-up", "Tòa án xem lại biên nhận", "the court looks its receipt up",
        client("status", court, false) + " --agency " + court.code() + " --id " +
            message.envelope.id);
    auto& enforcement = play.office(fact.enforcement);
    add("3-enforcement-fetches", "Cơ quan THADS lấy bản án và ký nhận",
        "the enforcement authority fetches it and signs for it",
        client("mailbox", enforcement, true) + " --agency " + enforcement.code() + " --to " +
            play.world.gateway + " --acknowledge --take " + quoted(directory_ / "mailbox"));
    auto& procuracy = procuracyWithJson(play);
    const auto question = procuracy.compose(model::MonitoringQuery{});
    auto text = withPlace(procuracy.write(question), "\"ma_thong_diep\": \"", "@ID@");
    writeFile(directory_ / "cau-hoi.json",
              withPlace(std::move(text), "\"thoi_diem_lap\": \"", "@NOW@"));
    add("4-procuracy-asks", "Viện kiểm sát hỏi các vụ mình kiểm sát",
        "a procuracy asks for the cases it supervises",
        "sed -e \"s/@ID@/tour-$(date +%s)-$$/\" -e \"s|@NOW@|$(TZ=UTC-7 date "
        "'+%d/%m/%Y %H:%M:%S')|\" " +
            quoted(directory_ / "cau-hoi.json") + " > " + quoted(directory_ / "cau-hoi.now.json") +
            "\n" + client("query", procuracy, true) + " " +
            quoted(directory_ / "cau-hoi.now.json"));
    auto& committee = fetchingCommittee(play);
    add("5-committee-looks", "Ủy ban xem kênh của mình và hộp thư",
        "a committee looks at its channel and its mailbox",
        client("ping", committee, false) + "\n" + client("mailbox", committee, false));
    add("6-operator-status", "Người vận hành xem tình trạng", "the operator looks at the gateway",
        quoted(binary_) + " status" + socket);
    add("7-operator-rebuilds", "Dựng lại mọi hồ sơ từ nhật ký và so sánh",
        "every case refolded from the log and compared", quoted(binary_) + " rebuild" + socket);
    add("8-anyone-verifies", "Bất kỳ ai kiểm tra một biên nhận", "anyone verifies a receipt",
        quoted(binary_) + " verify --trust " + quoted(paths.certificate(kGatewaySeal)) + " " +
            quoted(receipt));
}

std::string Tour::client(const std::string& act, const Office& office, bool withSeal) const {
    const auto& paths = play_.world.directory;
    const auto line = lineName(office.member().channel);
    std::string command = quoted(binary_) + " client " + act + " \\\n  --gateway " +
                          play_.world.address() + " --ca " + quoted(paths.authority()) +
                          " \\\n  --certificate " + quoted(paths.certificate(line)) + " --key " +
                          quoted(paths.key(line)) + " \\\n  --gateway-seal " +
                          quoted(paths.certificate(kGatewaySeal));
    if (withSeal)
        command += " \\\n  --seal-certificate " +
                   quoted(paths.certificate(sealName(office.code()))) + " --seal-key " +
                   quoted(paths.key(sealName(office.code())));
    return command;
}

void Tour::add(const std::string& name, std::string vi, std::string en,
               const std::string& command) {
    const auto script = directory_ / (name + ".sh");
    writeFile(script, "#!/bin/sh\nset -eu\n" + command + "\n");
    stops_.push_back({std::move(vi), std::move(en), script});
}

void Tour::walk() const {
    auto& account = play_.world.account;
    account.chapter("Lệnh cho người xem", "Commands for a visitor, tried once");
    for (const auto& stop : stops_) {
        const auto result = runToEnd({"sh", stop.script.string()}, directory_ / "output.txt");
        account.tell(stop.script.filename().string() + ": " + stop.vi + " · " + stop.en +
                     (result.code == 0 ? "  ✔" : "  ✘"));
        account.expect(result.code == 0, stop.script.string() + " → " +
                                             std::to_string(result.code) + "\n" +
                                             result.output.substr(0, 2000));
    }
}

void Tour::show() const {
    auto& account = play_.world.account;
    const auto& paths = play_.world.directory;
    account.chapter("Trục vẫn chạy; Ctrl-C để dừng", "The gateway stays up; Ctrl-C ends it");
    account.tell("Cổng đối tác/partners' door: " + play_.world.address());
    account.tell("Ổ cắm người vận hành/operators' socket: " + paths.socket().string());
    account.tell("Chứng thư, khóa/certificates, keys: " + paths.pki().string());
    account.tell("Biên nhận, bản giao/evidence: " + (paths.root() / "evidence").string());
    for (const auto& stop : stops_) {
        account.tell("\n# " + stop.vi + "\n# " + stop.en);
        account.tell("sh " + quoted(stop.script));
    }
    account.tell("\n# Soạn tệp ánh xạ trong trình duyệt\n# a mapping, written in the browser");
    account.tell(quoted(binary_) + " workbench");
}

}  // namespace gateway::simulator
