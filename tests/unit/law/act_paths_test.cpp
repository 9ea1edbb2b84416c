// The members of acts as paths, as a mapping speaks of them.

#include "gateway/law/book/act_paths.h"

#include <gtest/gtest.h>

#include "gateway/mapping/model_shape.h"
#include "gateway/model/questions/any_message.h"
#include "tests/unit/law/shipped.h"

namespace gateway::law {
namespace {

using namespace shipped;
using document::Kind;
using mapping::ModelShape;
using Words = std::vector<std::string_view>;

const ModelShape& shape() {
    static const ModelShape kShape(actPathsOf(book()));
    return kShape;
}

TEST(ActPaths, AreThoseOfTheDeclaration) {
    EXPECT_EQ(shape().kindAt("compelOrder"), Kind::Object);
    EXPECT_EQ(shape().kindAt("compelOrder/issuedOn"), Kind::String);
    EXPECT_EQ(shape().kindAt("compelOrder/obligations"), Kind::Array);
    EXPECT_EQ(shape().kindAt("compelOrder/obligations[]"), Kind::Number);
    EXPECT_EQ(shape().kindAt("compelOrder/sentTo[]"), Kind::Object);
    EXPECT_EQ(shape().kindAt("compelOrder/sentTo[]/receivedOn"), Kind::String);
    EXPECT_EQ(shape().kindAt("compelOrder/attachments[]/sizeBytes"), Kind::Number);
    EXPECT_EQ(shape().kindAt("compelOrder/secret"), std::nullopt);
    EXPECT_EQ(shape().kindAt("compelOrder/sentTo[]/secret"), std::nullopt);
    EXPECT_EQ(shape().kindAt("noSuchAct"), std::nullopt);
    EXPECT_EQ(shape().kindAt("noSuchAct/number"), std::nullopt);
}

TEST(ActPaths, EveryActSaysItsCase) {
    for (const auto* act : book().everyAct()) {
        const auto name = model::memberNameOf(act->type);
        if (act->type == "JudgmentTransfer") continue;  // is one
        EXPECT_EQ(shape().kindAt(name + "/case/ruling/issuedOn"), Kind::String) << act->type;
    }
}

TEST(ActPaths, KnowTheWordsOfACode) {
    EXPECT_EQ(shape().wordsAt("urgingLetter/asks"),
              (Words{"progress", "cause", "plan", "execute"}));
    EXPECT_EQ(shape().wordsAt("urgingLetter/asks/code"), shape().wordsAt("urgingLetter/asks"));
    EXPECT_EQ(shape().kindAt("urgingLetter/asks/text"), Kind::String);
    EXPECT_EQ(shape().wordsAt("urgingLetter/number"), Words());
}

TEST(ActPaths, LeadIntoWhatIsFreeByFreeNames) {
    EXPECT_EQ(shape().kindAt("urgingLetter/addressee"), Kind::String);
    EXPECT_EQ(shape().kindAt("urgingLetter/addressee/name"), Kind::String);
    EXPECT_EQ(shape().kindAt("urgingLetter/addressee/at/street"), Kind::String);
    EXPECT_EQ(shape().kindAt("urgingLetter/addressee/Ten"), std::nullopt);
    EXPECT_EQ(shape().kindAt("urgingLetter/addressee/item"), std::nullopt);
    EXPECT_EQ(shape().kindAt("urgingLetter/number/name"), std::nullopt) << "a text is no object";
}

TEST(ActPaths, NameTheMessagesThatThereAre) {
    EXPECT_TRUE(shape().hasMessage("UrgingLetter"));
    EXPECT_TRUE(shape().hasMessage("Ping"));
    EXPECT_FALSE(shape().hasMessage("DeclaredAct")) << "a class, not a message";
    EXPECT_FALSE(shape().hasMessage("UrgingLettre"));
    EXPECT_FALSE(ModelShape().hasMessage("UrgingLetter"));
    const auto types = shape().wordsAt("envelope/type");
    EXPECT_EQ(std::ranges::count(types, "UrgingLetter"), 1);
    EXPECT_EQ(std::ranges::count(types, "JudgmentTransfer"), 1);
    EXPECT_EQ(std::ranges::count(types, "DeclaredAct"), 0);
}

// What is typed keeps the shape of its class, whatever is declared of it.
TEST(ActPaths, DoNotTouchWhatIsTyped) {
    EXPECT_EQ(shape().kindAt("judgmentTransfer/case"), std::nullopt);
    EXPECT_EQ(shape().wordsAt("judgmentTransfer/ruling/kind"),
              ModelShape().wordsAt("judgmentTransfer/ruling/kind"));
}

}  // namespace
}  // namespace gateway::law
