"""The planting of mutants must itself be right: each kind of change is found and reads as meant."""

import unittest

import plant
from sites import ON, sites_of

ENUMS = {"Role": ["Court", "Procuracy"]}


def kinds(body, enums=None):
    text = "int f(int a) {\n" + body + "\n}\n"
    return [(site.kind, plant.planted(text, [(7, site)]).split("\n", 1)[1])
            for site in sites_of("gateway/model/a.cpp", text, enums or ENUMS)]


class SitesAreWhatTheyName(unittest.TestCase):
    def test_condition_is_negated_and_turned(self):
        found = dict(kinds("    if (a == 2) return;"))
        self.assertIn("::thahc_mutant::on(7) != static_cast<bool>(a == 2)", found["negate"])
        self.assertIn("static_cast<bool>(a != 2) : static_cast<bool>(a == 2)", found["relation"])

    def test_declaring_condition_is_left_alone(self):
        self.assertEqual(kinds("    if (const auto b = g(a)) return;"), [])

    def test_statement_is_dropped_whole(self):
        found = kinds("    ;\n    notes.push_back(\n        a);")
        self.assertEqual([kind for kind, _ in found], ["drop"])
        self.assertIn("{ if (!::thahc_mutant::on(7)) notes.push_back(\n        a); }", found[0][1])

    def test_declaration_is_no_statement(self):
        self.assertEqual(kinds("    ;\n    Thing thing(a);\n    std::string s = g(a);"), [])

    def test_value_of_a_closed_set_is_exchanged(self):
        found = dict(kinds("    g(model::Role::Procuracy);"))
        self.assertIn("on(7) ? model::Role::Court : model::Role::Procuracy", found["value"])

    def test_words_and_comments_are_no_code(self):
        self.assertEqual(kinds('    // if (a == 2) x(1);'), [])
        self.assertNotIn("relation", dict(kinds('    if (g("a == b")) return;')))

    def test_truth_and_article(self):
        self.assertIn("on(7) != true", dict(kinds("    return true;"))["truth"])
        self.assertIn('on(7) ? "Đ.0" : "NĐ 71/2016 Đ.10.2"',
                      dict(kinds('    g("NĐ 71/2016 Đ.10.2");'))["article"])

    def test_each_change_keeps_its_lines(self):
        text = "int f() {\n    if (a &&\n        b) {\n        g(1);\n    }\n}\n"
        for site in sites_of("gateway/model/a.cpp", text, ENUMS):
            self.assertEqual(plant.planted(text, [(1, site)]).count("\n"), text.count("\n"))
            self.assertIn(ON, site.new)

    def test_drawing_is_repeatable(self):
        tree = {"gateway/model/a.cpp": "int f() {\n    if (a) g(1);\n    if (b) g(2);\n}\n"}
        draws = [[site.key() for site in plant.draw(tree, ("model",), 2, 5)] for _ in range(2)]
        self.assertEqual(draws[0], draws[1])
        self.assertEqual(len(draws[0]), 2)


if __name__ == "__main__":
    unittest.main()
