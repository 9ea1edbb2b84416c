#pragma once
// A format with a schema of ours, for tests of what is told, kept or refused.

#include "tests/unit/mapping/mapping_fixture.h"

namespace gateway::mapping {

class ExactnessTest : public MappingTest {
  protected:
    void SetUp() override {
        write("o.schema.json", R"({"type":"object","properties":{
            "a":{"type":["string","null"]},"b":{"type":["string","null"]},"n":{"type":"integer"},
            "f":{"type":"boolean"},
            "words":{"type":"array","items":{"type":["string","null"]}},
            "people":{"type":"array","items":{"type":"object","properties":{
              "role":{"type":"string"},"name":{"type":"string"}}}},
            "rooms":{"type":"array","items":{"type":"object","properties":{
              "room":{"type":"string"},"floor":{"type":"string"},"rows":{"type":"array",
              "items":{"type":"object","properties":{"who":{"type":"string"}}}}}}},
            "m":{"type":"object"},"boss":{"$ref":"#/$defs/person"},
            "section":{"$ref":"#/$defs/section"}},
            "$defs":{"person":{"type":"object","properties":{"name":{"type":"string"},
              "boss":{"$ref":"#/$defs/person"}}},
            "section":{"type":"object","properties":{"title":{"type":"string"},
              "sections":{"type":"array","items":{"$ref":"#/$defs/section"}}}}}})");
        write("o.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:element name="d"><xs:complexType mixed="true"><xs:sequence>
            <xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
            <xs:attribute name="j"/><xs:attribute name="k"/></xs:complexType></xs:element>
            </xs:schema>)");
    }
    std::filesystem::path strict() {
        return write("strict.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:element name="d"><xs:complexType><xs:attribute name="j" type="xs:integer"/>
            </xs:complexType></xs:element></xs:schema>)");
    }
    std::shared_ptr<const Plan> with(const std::string& theirs, const std::string& body,
                                     const std::string& before = "", const std::string& more = "") {
        return plan(theirs, body, before, "ours=\"o.schema.json\" " + more);
    }
    std::string faultWith(const std::string& theirs, const std::string& body,
                          const std::string& before = "") {
        return faultOf(theirs, body, before, "ours=\"o.schema.json\"");
    }
    static std::string written(const Plan& plan, const std::string& ours) {
        try {
            return writeFrom(plan, ours);
        } catch (const Unwritable& unwritable) {
            return std::string("refused: ") + unwritable.what();
        }
    }
    static testing::AssertionResult has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos ? testing::AssertionSuccess()
                                                    : testing::AssertionFailure() << text;
    }
};

}  // namespace gateway::mapping
