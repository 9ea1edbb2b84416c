// Codes mean what they meant on the day of the message, whenever it is read or written.

#include "mapping_fixture.h"

namespace gateway::mapping {
namespace {

class DayOfMessage : public MappingTest {
  protected:
    // The day is read behind the code that asks for it, in a form and in a group of its own.
    std::shared_ptr<const Plan> dated() {
        return plan("xml", R"(<group theirs="R">
            <field theirs="Noi" ours="a" as="code agency"/>
            <field theirs="Loai" ours="b" as="code kind"/>
            <choose><option when-theirs="exists Dau" when-ours="exists envelope">
              <group theirs="Dau" ours="envelope">
                <field theirs="Luc" ours="created" as="moment dd/MM/yyyy HH:mm"/>
              </group></option></choose>
            <tokens theirs="Them" ours="words[]" on=";" as="code agency"/>
          </group>)",
                    R"(<code-list name="kind">
            <code theirs="1" ours="old" valid-until="2025-07-01"/>
            <code theirs="1" ours="new" valid-from="2025-07-01"/></code-list>)");
    }
    static std::string message(const std::string& created) {
        return "<R><Noi>52</Noi><Loai>1</Loai>" +
               (created.empty() ? "" : "<Dau><Luc>" + created + "</Luc></Dau>") +
               "<Them>52</Them></R>";
    }
};

TEST_F(DayOfMessage, aCodeIsReadAsOfIt) {
    const auto reader = dated();
    // The last minute in Viet Nam before the provinces changed, and the first one after.
    EXPECT_EQ(readXml(*reader, message("30/06/2025 23:59")),
              R"({"a":"p63-52","b":"old","envelope":{"created":"2025-06-30T16:59:00.000Z"},)"
              R"("words":["p63-52"]})");
    EXPECT_EQ(readXml(*reader, message("01/07/2025 00:00")),
              R"({"a":"p34-52","b":"new","envelope":{"created":"2025-06-30T17:00:00.000Z"},)"
              R"("words":["p34-52"]})");
}

TEST_F(DayOfMessage, aCodeIsWrittenAsOfIt) {
    const auto writer = dated();
    const std::string before =
        R"({"a":"p63-52","b":"old","envelope":{"created":"2025-06-30T16:59:00.000Z"},)"
        R"("words":["p63-52"]})";
    EXPECT_EQ(writeFrom(*writer, before), message("30/06/2025 23:59"));
    // What the code no longer means cannot be said.
    EXPECT_THROW(
        static_cast<void>(writeFrom(
            *writer, R"({"a":"p63-52","envelope":{"created":"2025-06-30T17:00:00.000Z"}})")),
        Unwritable);
    EXPECT_THROW(static_cast<void>(writeFrom(
                     *writer, R"({"b":"old","envelope":{"created":"2025-06-30T17:00:00.000Z"}})")),
                 Unwritable);
}

TEST_F(DayOfMessage, whatDoesNotTellItsDayIsOfTheDayOnWhichItCame) {
    const auto reader = dated();
    EXPECT_EQ(readXml(*reader, message({}), {{"receivedAt", "2025-06-30T16:59:59.000Z"}}),
              R"({"a":"p63-52","b":"old","words":["p63-52"]})");
    EXPECT_EQ(readXml(*reader, message({}), {{"receivedAt", "2025-06-30T17:00:00.000Z"}}),
              R"({"a":"p34-52","b":"new","words":["p34-52"]})");
    // The exchange may tell when it was created, before it came.
    const auto told = plan("json", R"(<field theirs="c" ours="a" as="code agency"/>
        <field theirs="$exchange/createdAt" ours="envelope/created" direction="in"/>)");
    EXPECT_EQ(readJson(*told, R"({"c":"52"})",
                       {{"createdAt", "2025-06-30T10:00:00.000Z"},
                        {"receivedAt", "2025-07-02T10:00:00.000Z"}}),
              R"({"a":"p63-52","envelope":{"created":"2025-06-30T10:00:00.000Z"}})");
}

TEST_F(DayOfMessage, aRefusalNamesTheCodesOfThatDay) {
    const auto reader =
        plan("json", R"(<field theirs="c" ours="a" as="code kind"/>
        <field theirs="luc" ours="envelope/created" as="moment"/>)",
             R"(<code-list name="kind"><code theirs="1" ours="one" valid-until="2025-07-01"/>
                                <code theirs="2" ours="two"/></code-list>)");
    const auto said = [&](const std::string& at) {
        return readJson(*reader, R"({"c":"1","luc":")" + at + "\"}");
    };
    EXPECT_NE(said("2025-07-01T08:00:00+07:00").find("(its codes: 2)"), std::string::npos)
        << said("2025-07-01T08:00:00+07:00");
    EXPECT_EQ(said("2025-06-30T08:00:00+07:00"),
              R"({"a":"one","envelope":{"created":"2025-06-30T01:00:00.000Z"}})");
}

TEST_F(DayOfMessage, aCodeMeansOneThingAtATime) {
    EXPECT_NE(faultOf("xml", R"(<field theirs="R" ours="a" as="code kind"/>)",
                      R"(<code-list name="kind"><code theirs="1" ours="a" valid-until="2025-07-02"/>
                         <code theirs="1" ours="b" valid-from="2025-07-01"/></code-list>)")
                  .find("not unique"),
              std::string::npos);
    EXPECT_NE(faultOf("xml", R"(<field theirs="R" ours="a" as="code kind"/>)",
                      R"(<code-list name="kind">
        <code theirs="1" ours="a" valid-from="2025-07-02" valid-until="2025-07-02"/></code-list>)")
                  .find("later than valid-from"),
              std::string::npos);
}

}  // namespace
}  // namespace gateway::mapping
