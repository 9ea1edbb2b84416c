#include "gateway/app/settings/command_help.h"

#include <algorithm>
#include <array>

namespace gateway::app {
namespace {

constexpr auto kNothing = CommandHelp::Takes::Nothing;
constexpr auto kOperator = CommandHelp::Takes::JsonAndSocket;
constexpr auto kJson = CommandHelp::Takes::Json;

constexpr std::array kCommands = {
    CommandHelp{"serve", "run the gateway", "serve --config FILE [--set key=value ...]", kNothing,
                "serve --config /etc/thahc-gateway/gateway.properties"},
    CommandHelp{"store", "the store, once, before the first serve",
                "store create --config FILE [--set key=value ...]\nstore adopt", kJson,
                "store create --config gateway.properties"},
    CommandHelp{"restore", "judge a backup and put it in place (gateway stopped)",
                "restore BACKUP --config FILE [--unclean] [--set key=value ...]", kJson,
                "restore copies/monday.db --config gateway.properties"},
    CommandHelp{"check-config", "settings with their origin, and all data",
                "check-config --config FILE [--set key=value ...]", kJson,
                "check-config --config gateway.properties"},
    CommandHelp{"check-mapping", "a mapping, what it makes of a sample, what it leaves",
                "check-mapping FILE|DIR ... [--sample FILE [--outward] [--exchange FILE] "
                "[--document NAME=FILE]... [--only-result]] [--coverage] "
                "[--mappings DIR [--local DIR]]",
                kJson,
                "check-mapping mappings/court-xml/ruling/mapping.xml --sample "
                "mappings/court-xml/ruling/ok-dirty.xml"},
    CommandHelp{"explain", "how a message was read or goes out, rule by rule",
                "explain FILE|NAME [--mapping ID|FILE] [--mappings DIR] [--local DIR] "
                "[--exchange FILE] [--document NAME=FILE] "
                "[--config FILE [--store FILE] [--agency CODE]] [--outward] [--html OUT]",
                kJson, "explain RECEIPT-ID --config gateway.properties --html explained.html"},
    CommandHelp{"new-mapping", "a first draft of a mapping, from a sample",
                "new-mapping --from SAMPLE [--schema FILE] [--message TYPE | --ours FILE] "
                "[--format NAME/MESSAGE] [--out FILE] [--mappings DIR [--local DIR]]",
                kJson,
                "new-mapping --from sample.xml --format office-new/report --out "
                "mappings/office-new/report/mapping.xml"},
    CommandHelp{"test-mappings", "every mapping with the samples beside it",
                "test-mappings [FORMAT ...] [--mappings DIR [--local DIR]]", kJson,
                "test-mappings court-xml"},
    CommandHelp{"workbench", "write a mapping in the browser",
                "workbench [--mapping FILE] [--sample FILE] [--port N] "
                "[--mappings DIR [--local DIR]] [--pages DIR]",
                kJson, "workbench --mapping mapping.xml --sample sample.xml"},
    CommandHelp{"agencies", "the directory: its faults, who is who",
                "agencies check [--mappings DIR [--local DIR]] [--json]\n"
                "agencies find TEXT [--on DAY] [--mappings DIR [--local DIR]] [--json]",
                kJson, "agencies find \"UBND TP.HCM\" --on 2025-06-30"},
    CommandHelp{"law", "the law's files as a page, a schema of acts, what files would change",
                "law [--mappings DIR [--local DIR]]\nlaw --schema json|xsd [--act TYPE]\n"
                "law --preview DIR [--config FILE | --mappings DIR [--local DIR]] "
                "[--store FILE [--after CASE] [--limit N]] [--json]",
                kJson, "law --schema xsd --act CompelOrder"},
    CommandHelp{"try-life", "a case by the law alone, act by act",
                "try-life FILE [--as-of DAY] [--mappings DIR [--local DIR]] [--json]", kJson,
                "try-life life.json --as-of 2026-12-31"},
    CommandHelp{"figures", "the law's statistics",
                "figures --lives DIR|--store FILE [--counted FILE [--by province] [--cell CELL]] "
                "--year YEAR [--period 3|6|10|12] [--province X] [--office CODE] [--court CODE] "
                "[--show figures|sheets|differences|report] [--as-known-at DAY|MOMENT|--locked] "
                "[--format json|csv|xlsx|html|pdf] [--form 02|03|04|indicators] [--out FILE] "
                "[--mappings DIR [--local DIR]]",
                kNothing,
                "figures --store backup.db --year 2026 --period 6 --format xlsx --out t6.xlsx"},
    CommandHelp{"registers", "registers to print",
                "registers --store FILE|--lives DIR --office CODE --year YEAR --form 01|19 "
                "[--period 3|6|10|12] [--as-known-at DAY|MOMENT] [--since DAY|MOMENT] "
                "[--format json|csv|xlsx|html|pdf] [--out FILE] [--mappings DIR [--local DIR]]",
                kNothing, "registers --store backup.db --office CODE --year 2026 --form 01"},
    CommandHelp{"matters", "petitions, guidance, inspections, periods",
                "matters --store FILE [--subject S] [--office CODE] [--case ID] [--open|--closed] "
                "[--overdue] [--as-of DAY] [--mappings DIR [--local DIR]] [--json]\n"
                "matters --store FILE --file ID [--messages DIR] [...] [--json]",
                kJson, "matters --store backup.db --open --overdue"},
    CommandHelp{"case-file", "a case as one indexed PDF",
                "case-file --store FILE --case ID --out FILE.pdf [--mappings DIR [--local DIR]]",
                kNothing, "case-file --store backup.db --case CASE-ID --out case.pdf"},
    CommandHelp{"evidence-pack", "a sealed folder for an inspection",
                "evidence-pack --config FILE --territory ID|NAME --from DAY --to DAY --out DIR "
                "[--store FILE] [--archives DIR ...] [--signers PEM|DIR ...] [--json]",
                kJson,
                "evidence-pack --config gateway.properties --territory \"Gia Lai\" --from "
                "2026-01-01 --to 2026-03-31 --out pack"},
    CommandHelp{"verify", "a message, receipt or refusal, offline",
                "verify FILE ... --trust PEM|DIR [--time T] [--signature HEADERFILE]", kJson,
                "verify receipt.jws --trust authorities.pem"},
    CommandHelp{"client", "speak to a gateway as an agency",
                "client send|query FILE\nclient mailbox\nclient status --id ID\nclient hand-over\n"
                "client ping\n"
                "--gateway https://HOST:PORT --certificate PEM --key PEM --ca PEM\n"
                "--seal-certificate PEM --seal-key PEM\n--gateway-seal PEM\n"
                "--dry-run\n--save FILE\n"
                "--detached --to ADDRESS --type TYPE --id ID --content-type TYPE\n"
                "--agency CODE\n--wait SECONDS --take DIR\n--acknowledge --to ADDRESS\n"
                "--refuse REASON\n--as xml|json\n"
                "hand-over --plan FILE --from-officer NAME --to-officer NAME --on DAY "
                "--reason TEXT [--office CODE] [--court CODE]\nhand-over --plan FILE --apply",
                kJson,
                "client ping --gateway https://gateway:8443 --certificate c.pem --key c.key "
                "--ca ca.pem"},
    CommandHelp{"reprocess", "kept messages by another version of their mapping",
                "reprocess --config FILE [--store FILE] [--mapping ID[@VERSION]] [--agency CODE] "
                "[--from DAY] [--to DAY] [MESSAGE-ID ...] "
                "[--apply --reason TEXT --socket FILE] [--json]",
                kJson, "reprocess --config gateway.properties --mapping court-xml/ruling@2"},
    CommandHelp{"demo-pki", "throw-away certificates for a demonstration",
                "demo-pki DIR NAME:KIND[:ALGORITHM] ...", kJson,
                "demo-pki pki court-channel:channel court-seal:seal"},
    CommandHelp{"status", "the gateway at work: figures, certificates that end", "status",
                kOperator, "status --socket /run/thahc-gateway/operator.sock"},
    CommandHelp{"mapping", "versions in service",
                "mapping list\nmapping check|activate ID@VERSION\nmapping rollback ID", kOperator,
                "mapping activate court-xml/ruling@2 --socket operator.sock"},
    CommandHelp{"agency", "registrations",
                "agency list\n"
                "agency add-channel --agency CODE --id ID --certificate PEM [--carries A,B] "
                "[--no-read]\n"
                "agency add-signer --agency CODE --certificate PEM\n"
                "agency revoke --agency CODE --sha256 HEX",
                kOperator, "agency list --socket operator.sock"},
    CommandHelp{"storage", "free space, and whose bytes fill the rest", "storage", kOperator,
                "storage --socket operator.sock"},
    CommandHelp{"door", "who was turned away and why", "door refusals", kOperator,
                "door refusals --socket operator.sock"},
    CommandHelp{"messages", "what was said or refused",
                "messages find [--agency CODE] [--id ID] [--digest HEX] [--channel ID] [--from T] "
                "[--until T] [--verdict accepted|parked|refused] [--limit N] [--before N]\n"
                "[--receipt ID] [--case ID] [--type TYPE] "
                "[--court CODE --number N --issued-on DAY]\n"
                "[--refusal ID] [--code CODE]",
                kOperator, "messages find --id MESSAGE-ID --socket operator.sock"},
    CommandHelp{"audit", "who has read and fetched what",
                "audit reads [--agency CODE] [--case ID] [--item ID] [--channel ID] [--from T] "
                "[--until T] [--limit N] [--before N]",
                kOperator, "audit reads --case CASE-ID --socket operator.sock"},
    CommandHelp{"dead-letters", "deliveries that failed",
                "dead-letters [list] [--state S] [--recipient CODE] [--source CODE] [--case ID] "
                "[--type TYPE] [--after N] [--limit N]\n"
                "dead-letters show ITEM\ndead-letters note ITEM ... --text TEXT\n"
                "dead-letters close ITEM ... --outcome served-otherwise|dismissed --reason TEXT",
                kOperator, "dead-letters list --state dead --socket operator.sock"},
    CommandHelp{"waiting", "who has not got what yet",
                "waiting\nwaiting --recipient CODE [--after N] [--limit N]", kOperator,
                "waiting --socket operator.sock"},
    CommandHelp{"resend", "send failed deliveries again",
                "resend ITEM --reason TEXT\n"
                "resend --all --recipient CODE | --case ID [--source CODE] [--type TYPE] "
                "--reason TEXT",
                kOperator, "resend ITEM --reason \"line mended\" --socket operator.sock"},
    CommandHelp{"undo-transfer", "strike a transfer that should not have been",
                "undo-transfer CASE --reason TEXT", kOperator,
                "undo-transfer CASE-ID --reason \"wrong court\" --socket operator.sock"},
    CommandHelp{"reload", "take registrations, certificates, mappings and lists anew", "reload",
                kOperator, "reload --socket operator.sock"},
    CommandHelp{"backup", "a verified copy of the store", "backup FILE", kOperator,
                "backup copies/monday.db --socket operator.sock"},
    CommandHelp{"rebuild", "hold everything kept against the log",
                "rebuild\nrebuild --file COPY [--trust SEALS]", kOperator,
                "rebuild --file copies/monday.db"},
    CommandHelp{"archive", "old bytes out of the store", "archive --before DATE --to DIR",
                kOperator, "archive --before 2026-01-01 --to archives --socket operator.sock"},
    CommandHelp{"archived", "in which archive something lies", "archived ID", kOperator,
                "archived MESSAGE-ID --socket operator.sock"},
    CommandHelp{"clock", "of a rehearsal: push its clock forward", "clock\nclock --to DATE",
                kOperator, "clock --to 2026-12-31 --socket operator.sock"},
};

}  // namespace

std::span<const CommandHelp> commandHelps() { return kCommands; }

const CommandHelp* helpOf(std::string_view command) {
    const auto found = std::ranges::find(kCommands, command, &CommandHelp::name);
    return found == kCommands.end() ? nullptr : &*found;
}

std::vector<std::string> optionsOf(const CommandHelp& help) {
    std::vector<std::string> options;
    const auto add = [&options](std::string name) {
        if (std::ranges::find(options, name) == options.end()) options.push_back(std::move(name));
    };
    for (auto at = help.usage.find("--"); at != std::string_view::npos;
         at = help.usage.find("--", at + 2)) {
        const auto end = help.usage.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", at);
        add(std::string(
            help.usage.substr(at + 2, end == std::string_view::npos ? end : end - at - 2)));
    }
    if (help.takes == kOperator) add("socket");
    if (help.takes != kNothing) add("json");
    return options;
}

std::string overview() {
    std::string text = "usage: thahc-gateway COMMAND ...     thahc-gateway COMMAND --help\n";
    for (const auto& help : kCommands) {
        std::string name(help.name);
        name.resize(std::max<std::size_t>(name.size() + 1, 16), ' ');
        text.append("  ").append(name).append(help.brief).append("\n");
    }
    return text + "  --version       which program this is\n";
}

std::string helpText(const CommandHelp& help) {
    std::string text = std::string(help.name) + ": " + std::string(help.brief) + "\n\nusage:\n";
    std::string_view rest = help.usage;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const auto line = rest.substr(0, end);
        text += (line.starts_with('[') || line.starts_with('-') ? "      " : "  thahc-gateway ");
        text.append(line).append("\n");
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    const auto options = optionsOf(help);
    if (!options.empty()) text += "\noptions:\n";
    for (const auto& option : options) {
        std::string name = "--" + option;
        name.resize(std::max<std::size_t>(name.size() + 1, 18), ' ');
        text.append("  ").append(name).append(meaningOf(help.name, option)).append("\n");
    }
    text.append("\nfor example:\n  thahc-gateway ").append(help.example);
    return text + "\n\nAll of it, with the shape of --json: gateway/docs/cli.md\n";
}

}  // namespace gateway::app
