"""Every rule must be able to find something: each is fed one good and some bad invented trees."""

import unittest

import rules
import sources

HEADER = "#pragma once\n"


class RulesFindWhatTheyName(unittest.TestCase):
    def expect(self, rule, tree, *parts):
        """One finding for each part, which it contains; none without parts."""
        findings = list(rule(tree))
        self.assertEqual(len(findings), len(parts), findings)
        for finding, part in zip(findings, parts):
            self.assertIn(part, finding)

    def include(self, path, name):
        return {path: f'#include "{name}"\n'}

    def test_law_by_name(self):
        acts = {"mappings/acts/UrgingLetter.xml": "<act/>", "mappings/acts/JudgmentTransfer.xml": ""}
        for path, text in [
            ("gateway/exchange/a.cpp", "auto a = model::JudgmentTransfer(); // \"UrgingLetter\"\n"),
            ("gateway/law/life/a.cpp", 'if (type == "UrgingLetter") role = Role::Thads;\n'),
            ("connectors/simulator/a.cpp", 'send("UrgingLetter");\n'),
            ("tests/unit/a.cpp", 'send("UrgingLetter");\n'),
            ("gateway/exchange/casework/case_roles.cpp", "case Role::Thads: break;\n"),
        ]:
            self.expect(rules.law_by_name, {**acts, path: text})
        for text, part in [
            ('if (type == "UrgingLetter")\n', "a.cpp:1: names the act UrgingLetter"),
            ("std::get_if<model::UrgingLetter>(&p)\n", "names the act UrgingLetter"),
            ("\nif (one == law::Role::Thads)\n", "a.cpp:2: names the role Thads"),
            ("if (one == Stage::Closed)\n", "names the stage Closed"),
        ]:
            self.expect(rules.law_by_name, {**acts, "gateway/exchange/a.cpp": text}, part)
        self.expect(rules.law_by_name, {"gateway/exchange/casework/case_roles.cpp": "\n"},
                    "names no role any more")

    def test_include_direction(self):
        for path, name in [
            ("gateway/exchange/a.cpp", "gateway/store/ledger.h"),
            ("gateway/trust/a.cpp", "gateway/document/xml.h"),
            ("gateway/app/a.cpp", "gateway/server/wire/http.h"),
            ("connectors/https_push/a.cpp", "gateway/exchange/delivery/transport.h"),
            ("connectors/simulator/a.cpp", "gateway/server/wire/https_client.h"),
            ("gateway/base/a.cpp", "gateway/base/result.h"),
        ]:
            self.expect(rules.include_direction, self.include(path, name))
        for path, name, part in [
            ("gateway/base/a.cpp", "gateway/model/agencies/agency.h", "base must not include model"),
            ("gateway/document/a.cpp", "gateway/model/cases/stage.h", "document must not include model"),
            ("gateway/mapping/a.cpp", "gateway/trust/signer.h", "mapping must not include trust"),
            ("gateway/store/a.h", "gateway/exchange/intake.h", "store must not include exchange"),
            ("connectors/https_push/a.cpp", "gateway/server/wire/http.h",
             "connectors must not include server"),
            ("gateway/server/a.cpp", "connectors/https_push/push.h",
             "server must not include connectors"),
            ("connectors/simulator/a.cpp", "gateway/app/options.h",
             "simulator must not include app"),
            ("gateway/helpers/a.cpp", "gateway/base/result.h", "helpers is no room"),
        ]:
            self.expect(rules.include_direction, self.include(path, name), part)

    def test_include_in_a_comment_counts_for_nothing(self):
        self.expect(rules.include_direction,
                    {"gateway/base/a.cpp": '/*\n#include "gateway/app/main.h"\n*/\n'})

    def test_shelf_direction(self):
        for path, name in [
            ("gateway/exchange/casework/a.cpp", "gateway/exchange/desk/b.h"),
            ("gateway/exchange/intake.cpp", "gateway/exchange/acts/b.h"),
            ("gateway/store/sqlite/ports/a.cpp", "gateway/store/ledger.h"),
            ("gateway/law/figures/a.cpp", "gateway/law/figures/b.h"),
            ("gateway/base/a.cpp", "gateway/base/b.h"),
        ]:
            self.expect(rules.shelf_direction, self.include(path, name))
        for path, name, part in [
            ("gateway/exchange/desk/a.cpp", "gateway/exchange/casework/b.h",
             "exchange/desk must not include exchange/casework"),
            ("gateway/exchange/acts/a.cpp", "gateway/exchange/delivery/b.h",
             "exchange/acts must not include exchange/delivery"),
            ("gateway/model/agencies/a.cpp", "gateway/model/messages/b.h", "must not include"),
            ("gateway/exchange/odds/a.cpp", "gateway/base/b.h", "odds is no shelf of exchange"),
        ]:
            self.expect(rules.shelf_direction, self.include(path, name), part)

    def test_folder_size(self):
        pairs = {f"gateway/base/f{i}.{kind}": "" for i in range(15) for kind in ("h", "cpp")}
        self.expect(rules.folder_size, pairs)
        self.expect(rules.folder_size, pairs | {"gateway/base/g.h": ""}, "16 pairs")

    def test_include_form(self):
        good = {"gateway/base/a.h": HEADER, "gateway/base/a.cpp": '#include "gateway/base/a.h"\n'}
        self.expect(rules.include_form, good)
        self.expect(rules.include_form, self.include("gateway/base/a.cpp", "a.h"), "from the root")
        self.expect(rules.include_form, self.include("tests/unit/a.cpp", "gateway/base/gone.h"),
                    "no such header")

    def test_include_cycles(self):
        tree = {"gateway/base/a.h": '#include "gateway/base/b.h"\n', "gateway/base/b.h": HEADER}
        self.expect(rules.include_cycles, tree)
        tree["gateway/base/b.h"] = '#include "gateway/base/a.h"\n'
        self.expect(rules.include_cycles, tree, "a.h -> gateway/base/b.h -> gateway/base/a.h")

    def test_foreign_headers(self):
        for path, name in [
            ("gateway/trust/a.cpp", "openssl/evp.h"), ("gateway/store/sqlite/a.cpp", "sqlite3.h"),
            ("gateway/server/wire/tls_context.cpp", "openssl/ssl.h"),
            ("gateway/app/main.cpp", "Poco/Util/Option.h"), ("gateway/model/a.cpp", "unicode/uchar.h"),
        ]:
            self.expect(rules.foreign_headers, {path: f"#include <{name}>\n"})
        for path, name in [
            ("gateway/trust/a.h", "openssl/evp.h"), ("gateway/server/a.cpp", "openssl/ssl.h"),
            ("gateway/store/a.cpp", "sqlite3.h"), ("gateway/exchange/a.cpp", "Poco/Thread.h"),
            ("gateway/server/wire/http.h", "Poco/Net/HTTPServer.h"),
            ("gateway/mapping/a.cpp", "libxml/tree.h"), ("gateway/model/a.cpp", "rapidjson/reader.h"),
            ("gateway/base/a.cpp", "unicode/uchar.h"),
        ]:
            self.expect(rules.foreign_headers, {path: f"#include <{name}>\n"}, name)

    def test_banned_calls(self):
        for call in [
            'std::system("ls");', "system(command);", "popen(c, m);", "sprintf(b, f);", "gets(b);",
            "strcpy(a, b);", "atoi(text);", "std::rand();", "srand(1);", "gmtime(&t);",
            "std::regex r;", "Poco::JSON::Parser p;", "DateTimeParser::parse(s);",
            "NumberParser::parse(s);", "worker.detach();", 'std::getenv("HOME");',
            "using namespace std;",
        ]:
            self.expect(rules.banned_calls, {"gateway/server/a.cpp": f"void f() {{ {call} }}\n"},
                        "is banned")
        for call in [
            "snprintf(b, n, f);", "gmtime_r(&t, &parts);", "std::error_code e = std::system_category();",
            "using namespace std::chrono;", 'log("system(x)");', "// never std::rand()", "operand();",
            "std::chrono::system_clock::now();",
        ]:
            self.expect(rules.banned_calls, {"gateway/server/a.cpp": f"void f() {{ {call}\n}}\n"})
        self.expect(rules.banned_calls, {"gateway/app/a.cpp": 'auto x = getenv("HOME");\n'})
        for name in ["regex", "Poco/JSON/Parser.h", "Poco/Data/Session.h"]:
            self.expect(rules.banned_calls, {"gateway/server/a.cpp": f"#include <{name}>\n"}, name)

    def test_sizes(self):
        self.expect(rules.sizes, {"gateway/base/a.h": "\n" * 220, "gateway/base/a.cpp": "\n" * 500})
        self.expect(rules.sizes, {"gateway/base/a.h": "\n" * 221}, "221 lines")
        self.expect(rules.sizes, {"gateway/base/a.cpp": "\n" * 501}, "501 lines")
        self.expect(rules.sizes, {"gateway/base/a.cpp": "// " + "ế" * 97 + "\n"})
        self.expect(rules.sizes, {"gateway/base/a.cpp": "// " + "e" * 98 + "\n"}, "101 columns")

    def test_function_length(self):
        def tree(body_lines, opening):
            return {"gateway/base/a.cpp": opening + "\n" + "    f();\n" * body_lines + "}\n"}

        for opening in ["void f() {", "A::A(int x) : x_(x) {", "int f() const noexcept {",
                        "auto f(const std::string& s = \"}\") -> int {", "TEST(A, B) {"]:
            self.expect(rules.sizes, tree(68, opening))
            self.expect(rules.sizes, tree(69, opening), "71 lines in one function")
        self.expect(rules.sizes, tree(100, "namespace a {"))
        self.expect(rules.sizes, tree(100, "constexpr int kTable[] = {"))
        inside = "class A {\n    void f() {\n" + "        g([] {\n        });\n" * 40 + "    }\n};\n"
        self.expect(rules.sizes, {"gateway/base/a.h": inside}, "82 lines in one function")
        table = "const auto kTable = make({\n" + "    {1, f(2)},\n" * 100 + "});\nvoid f() {\n}\n"
        self.expect(rules.sizes, {"gateway/base/a.cpp": table})

    def test_pragma_once(self):
        self.expect(rules.pragma_once, {"gateway/base/a.h": HEADER})
        self.expect(rules.pragma_once, {"gateway/base/a.h": "// #pragma once\n"}, "no #pragma once")

    def test_dead_files(self):
        tree = {"gateway/base/CMakeLists.txt": "thahc_room(base SOURCES clock.cpp sub/ids.cpp)\n",
                "gateway/base/clock.cpp": "", "gateway/base/sub/ids.cpp": ""}
        self.expect(rules.dead_files, tree)
        tree["gateway/base/lock.cpp"] = ""
        self.expect(rules.dead_files, tree, "gateway/base/lock.cpp: in no")
        tree["gateway/base/CMakeLists.txt"] += "# lock.cpp\nfile(GLOB all *.cpp)\n"
        self.expect(rules.dead_files, tree, "not globbed", "lock.cpp: in no")

    def test_dead_headers(self):
        tree = {"gateway/base/a.h": HEADER, "tests/a.cpp": '#include "gateway/base/a.h"\n'}
        self.expect(rules.dead_headers, tree)
        del tree["tests/a.cpp"]
        self.expect(rules.dead_headers, tree, "gateway/base/a.h: included by nobody")

    def test_links(self):
        tree = {"gateway/trust/CMakeLists.txt": "thahc_room(trust USES gateway::document)\n",
                "gateway/document/CMakeLists.txt": "thahc_room(document USES gateway::base)\n",
                "gateway/trust/a.cpp": '#include "gateway/base/result.h"\n'}
        self.expect(rules.links, tree)
        tree["gateway/document/CMakeLists.txt"] = "thahc_room(document) # gateway::base\n"
        self.expect(rules.links, tree, "trust includes base but does not link it")
        self.expect(rules.links, {"gateway/trust/CMakeLists.txt": "x(gateway::store)\n"},
                    "trust must not link store")

    def test_no_private_keys(self):
        begin = "-----BEGIN EC PRIVATE " + "KEY-----"
        self.expect(rules.no_private_keys, {"certs/a.pem": begin + "\nMHcCAQEEIAbcdefghijk\n"},
                    "holds a private key")
        self.expect(rules.no_private_keys, {"tests/a.cpp": f'find("{begin}")\n'})

    def test_speaks_of_itself(self):
        self.expect(rules.speaks_of_itself, {"README.md": "see docs/work/ and https://x.vn/work/\n"})
        for path in ["/wor" + "k/main", "/tmp/w" + "t/a", "/ho" + "me/a"]:
            self.expect(rules.speaks_of_itself, {"README.md": f"see {path}\n"}, "one machine")
        self.expect(rules.speaks_of_itself,
                    {"tests/a/package-lock.json": '{"resolved": "https://registry/x.tgz"}'},
                    "names the registry")

    def test_unfinished(self):
        self.expect(rules.unfinished, {"gateway/base/a.cpp": "// all done\n", "a.md": "TO" + "DO\n"})
        self.expect(rules.unfinished, {"gateway/base/a.cpp": "\n// TO" + "DO later\n"}, "a.cpp:2")

    def test_no_conflict_markers(self):
        self.expect(rules.no_conflict_markers, {"a.md": "1 << 7\n=======\n> quoted\n"})
        self.expect(rules.no_conflict_markers, {"a.md": "\n" + "<" * 7 + " HEAD\n"}, "a.md:2")

    def test_document_links(self):
        tree = {"docs/a.md": "[x](b.md#part) [y](../ops) [z](https://x.vn/y)\n```\n[](no)\n```\n",
                "docs/b.md": "", "ops/run": ""}
        self.expect(rules.document_links, tree)
        tree["docs/a.md"] += "[gone](c.md)\n"
        self.expect(rules.document_links, tree, "leads nowhere: c.md")

    def test_sample_settings(self):
        tree = {"gateway/app/settings/config_keys.cpp": 'text("log.level", "info")\n',
                "ops/config/gateway.properties": "# the log.\nlog.level = info\n"}
        self.expect(rules.sample_settings, tree)
        tree["ops/config/gateway.properties"] += "#log.levle = info\n"
        self.expect(rules.sample_settings, tree, "unknown setting log.levle")

    def test_error_codes(self):
        tree = {"gateway/base/error_codes.def": "THAHC_ERROR(REPLAY, KnownSigner, 422,\n",
                "gateway/exchange/a.cpp": "refuse(ErrorCode::REPLAY);\n",
                "tests/unit/exchange/a.cpp": "EXPECT_EQ(code, ErrorCode::REPLAY);\n"}
        self.expect(rules.error_codes, tree)
        del tree["tests/unit/exchange/a.cpp"]
        self.expect(rules.error_codes, tree, "REPLAY is in no test")
        del tree["gateway/exchange/a.cpp"]
        self.expect(rules.error_codes, tree, "REPLAY is never used", "REPLAY is in no test")
        tree["tests/architecture/codes_due.txt"] = "REPLAY\n"
        self.expect(rules.error_codes, tree)

    def test_every_rule_is_tested(self):
        tested = {name[len("test_"):] for name in dir(self) if name.startswith("test_")}
        self.assertEqual({rule.__name__ for rule in rules.RULES} - tested, set())


class WordsAreTakenOut(unittest.TestCase):
    def test_lines_stay(self):
        text = 'a("x//y"); // b\n/* c\n d */ R"(e\n{)" \'{\' 1\'000\n'
        self.assertEqual(sources.without_words(text).count("\n"), text.count("\n"))
        self.assertNotIn("{", sources.without_words(text))
        self.assertIn("1'000", sources.without_words(text))


if __name__ == "__main__":
    unittest.main()
