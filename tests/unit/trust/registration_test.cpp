#include "gateway/trust/partners/registration.h"

#include <gtest/gtest.h>

#include <array>

#include "gateway/base/fault.h"
#include "tests/unit/trust/jws_maker.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::ErrorCode;
using gateway::base::Fault;
using gateway::base::Problem;
namespace fs = std::filesystem;
using namespace std::chrono;

namespace {

const std::string kWhole = R"(<?xml version="1.0" encoding="UTF-8"?>
<registration xmlns="urn:thahc:registration:1" agency="G15.01">
  <!-- the court's own line -->
  <channel id="court-1" certificate="court/court-tls.pem" from="2026-01-01">
    <carries agency="G15.01" read="true"/>
    <carries agency="G15.02" until="2026-12-31T23:59:59+07:00"/>
  </channel>
  <signer certificate="court/court.pem" from="2026-01-01T00:00:00Z" until="2027-01-01"/>
  <signer certificate="court/ward.pem" revoked="2026-06-01T00:00:00.000Z"/>
  <formats preferred="xml">
    <in mapping="court-a/judgment"/>
    <in mapping="court-a/correction"/>
    <out message="*" mapping="case-model/xml"/>
    <out message="Receipt" mapping="court-a/receipt"/>
    <setting name="system" value="Quản lý án &amp; hồ sơ"/>
    <setting name="office_code" value="0521"/>
  </formats>
  <push url="https://court.invalid/in?x=1&amp;y=2" idempotent="false"
        status="https://court.invalid/in/{item}?x=1&amp;y=2">
    <anchor certificate="court/ca.pem"/>
  </push>
</registration>
)";

std::optional<std::string> fits(const Registration&) { return std::nullopt; }

struct Registrations : ::testing::Test {
    TemporaryDirectory directory;
    std::shared_ptr<const gateway::document::XmlSchema> schema = gateway::document::XmlSchema::load(
        fs::path(THAHC_SOURCE_DIR) / "mappings/schemas/registration.xsd");

    Registrations() {
        fs::create_directory(directory.path() / "court");
        for (const char* name : {"court-tls", "court", "ward", "ca", "hub-tls"})
            fs::copy_file(pki().certificateFile(name),
                          directory.path() / "court" / (std::string(name) + ".pem"));
    }

    fs::path write(const std::string& name, const std::string& text) const {
        writeText(directory.path() / name, text);
        return directory.path() / name;
    }

    // The problem with `text`, which must have one.
    Problem problemOf(const std::string& text) const {
        const auto result = readRegistration(write("bad.xml", text), *schema);
        EXPECT_FALSE(result.ok()) << text;
        return result.ok() ? Problem() : result.error();
    }

    static std::string around(const std::string& inner, const std::string& agency = "G15.01") {
        return "<registration xmlns=\"urn:thahc:registration:1\" agency=\"" + agency + "\">\n" +
               inner + "</registration>";
    }
};

std::string reasonOf(const Problem& problem) {
    for (const auto& [name, value] : problem.parameters)
        if (name == "reason") return value;
    return {};
}

}  // namespace

TEST_F(Registrations, ReadsEverythingAFileCanSay) {
    auto result = readRegistration(write("court.xml", kWhole), *schema);
    ASSERT_TRUE(result.ok()) << result.error().path << ": " << reasonOf(result.error());
    const Registration& r = *result;
    EXPECT_EQ(r.partner.agency, "G15.01");
    ASSERT_EQ(r.channels.size(), 1U);
    EXPECT_EQ(r.channels[0].id, "court-1");
    EXPECT_EQ(r.channels[0].ownerAgency, "G15.01");
    // A date is midnight in Viet Nam.
    EXPECT_EQ(r.channels[0].validity.from, sys_days(2025y / 12 / 31) + hours(17));
    ASSERT_EQ(r.channels[0].carries.size(), 2U);
    EXPECT_TRUE(r.channels[0].carries[0].mayRead);
    EXPECT_FALSE(r.channels[0].carries[1].mayRead);
    EXPECT_EQ(r.channels[0].carries[1].validity.until,
              sys_days(2026y / 12 / 31) + hours(16) + minutes(59) + seconds(59));
    ASSERT_EQ(r.signers.size(), 2U);
    EXPECT_EQ(r.signers[0].agency, "G15.01");
    EXPECT_EQ(r.signers[0].certificate->fingerprint(), certificateNamed("court")->fingerprint());
    EXPECT_EQ(r.signers[1].revokedAt, sys_days(2026y / 6 / 1));
    EXPECT_EQ(r.partner.preferredFamily, "xml");
    EXPECT_EQ(r.partner.formatsIn.size(), 2U);
    EXPECT_EQ(r.partner.formatsOut.at("Receipt"), "court-a/receipt");
    EXPECT_EQ(r.partner.settings.at("system"), "Quản lý án & hồ sơ");
    EXPECT_EQ(r.partner.settings.at("office_code"), "0521");
    EXPECT_EQ(r.partner.pushUrl, "https://court.invalid/in?x=1&y=2");
    EXPECT_FALSE(r.partner.pushIdempotent);
    EXPECT_EQ(r.partner.pushStatusUrl, "https://court.invalid/in/{item}?x=1&y=2");
    EXPECT_EQ(r.partner.pushServerAnchors.size(), 1U);
}

TEST_F(Registrations, DefaultsAreSafe) {
    const auto r = readRegistration(
        write("a.xml", around("<channel id=\"c\" certificate=\"court/hub-tls.pem\">"
                              "<carries agency=\"G15.01\"/></channel>")),
        *schema);
    ASSERT_TRUE(r.ok());
    EXPECT_FALSE(r->channels[0].carries[0].mayRead);
    EXPECT_FALSE(r->partner.pushUrl);
    EXPECT_FALSE(r->partner.pushStatusUrl);
    EXPECT_EQ(r->partner.preferredFamily, "json");
}

TEST_F(Registrations, ASettingIsNamedOnceAndHasAValue) {
    const auto settings = [](const std::string& inner) {
        return around("<formats>" + inner + "</formats>");
    };
    EXPECT_EQ(reasonOf(problemOf(settings("<setting name=\"a\" value=\"1\"/>"
                                          "<setting name=\"a\" value=\"2\"/>"))),
              "this setting is there already");
    static_cast<void>(problemOf(settings("<setting name=\"a\" value=\"\"/>")));
    static_cast<void>(problemOf(settings("<setting name=\"a/b\" value=\"1\"/>")));
}

TEST_F(Registrations, WrittenFilesReadTheSame) {
    const auto first = readRegistration(write("court.xml", kWhole), *schema);
    ASSERT_TRUE(first.ok());
    const fs::path copy = directory.path() / "copy.xml";
    writeRegistration(copy, *first);
    const auto second = readRegistration(copy, *schema);
    ASSERT_TRUE(second.ok()) << second.error().path << ": " << reasonOf(second.error());
    const std::string once = textOf(copy);
    writeRegistration(copy, *second);
    EXPECT_EQ(textOf(copy), once);
    EXPECT_EQ(second->certificateFiles, first->certificateFiles);
    EXPECT_EQ(second->channels[0].carries[1].validity.until,
              first->channels[0].carries[1].validity.until);
    EXPECT_EQ(second->signers[1].revokedAt, first->signers[1].revokedAt);
    EXPECT_EQ(second->partner.formatsOut, first->partner.formatsOut);
    EXPECT_EQ(second->partner.settings, first->partner.settings);
    EXPECT_EQ(second->partner.pushUrl, first->partner.pushUrl);
    EXPECT_EQ(second->partner.pushIdempotent, first->partner.pushIdempotent);
    EXPECT_EQ(second->partner.pushStatusUrl, first->partner.pushStatusUrl);
    EXPECT_NE(once.find("\n  <channel id=\"court-1\""), std::string::npos) << once;
    EXPECT_FALSE(fs::exists(copy.string() + ".new"));
}

TEST_F(Registrations, AWriterNeedsAPlaceForEveryCertificate) {
    auto r = readRegistration(write("court.xml", kWhole), *schema);
    ASSERT_TRUE(r.ok());
    r->certificateFiles.erase(r->signers[0].certificate->fingerprint());
    EXPECT_THROW(writeRegistration(directory.path() / "copy.xml", *r), Fault);
    EXPECT_FALSE(fs::exists(directory.path() / "copy.xml"));
}

TEST_F(Registrations, WhatTheSchemaRefuses) {
    for (const char* inner :
         {"<channel id=\"c\"/>", "<channel certificate=\"court/court.pem\"/>", "<unknown/>",
          "<signer certificate=\"court/court.pem\" until=\"soon\"/>",
          "<signer certificate=\"court/court.pem\" until=\"2026-01-01T00:00:00\"/>",
          "<push url=\"http://court.invalid/\"><anchor certificate=\"court/ca.pem\"/></push>",
          "<push url=\"https://court.invalid/\"/>", "<formats preferred=\"csv\"/>",
          "<channel id=\"a b\" certificate=\"court/court-tls.pem\"/>"}) {
        const Problem problem = problemOf(around(inner));
        EXPECT_EQ(problem.code, ErrorCode::SCHEMA_INVALID) << inner;
        EXPECT_EQ(problem.path.find("bad.xml"), 0U) << problem.path;
        EXPECT_EQ(problem.position.line, 2U) << inner;
    }
    EXPECT_EQ(problemOf("<registration").code, ErrorCode::SYNTAX_XML);
}

TEST_F(Registrations, AStatusAddressHasOnePlaceForTheItem) {
    const auto push = [](const std::string& status) {
        return around("<push url=\"https://court.invalid/in\" status=\"" + status +
                      "\"><anchor certificate=\"court/ca.pem\"/></push>");
    };
    for (const char* good : {"https://court.invalid:8443/in/{item}", "https://[::1]/{item}/state",
                             "https://court.invalid/in?item={item}&amp;x=1"}) {
        const auto r = readRegistration(write("good.xml", push(good)), *schema);
        EXPECT_TRUE(r.ok()) << good;
    }
    for (const char* bad :
         {"", "https://court.invalid/in", "http://court.invalid/{item}", "https://{item}.invalid/",
          "https://court.invalid/{item}/{item}", "https://court.invalid/{id}", "{item}",
          "https://court.invalid/{item}/{x}", "https://court.invalid/#{item}",
          "https://court.invalid/{item}#x", "https://me@court.invalid/{item}",
          "https://court.invalid/ {item}"})
        EXPECT_EQ(problemOf(push(bad)).code, ErrorCode::SCHEMA_INVALID) << bad;
}

TEST_F(Registrations, WhatNoSchemaCanSee) {
    for (const char* inner :
         {"<signer certificate=\"court/none.pem\"/>", "<signer certificate=\"/etc/passwd\"/>",
          "<signer certificate=\"bad.xml\"/>", "<signer certificate=\"court\"/>",
          "<signer certificate=\"court/court.pem\" until=\"2026-02-30\"/>",
          "<signer certificate=\"court/court.pem\" from=\"2026-02-02\" until=\"2026-02-01\"/>",
          "<formats><out message=\"*\" mapping=\"a\"/>"
          "<out message=\"*\" mapping=\"b\"/></formats>"}) {
        const Problem problem = problemOf(around(inner));
        EXPECT_EQ(problem.code, ErrorCode::SCHEMA_INVALID) << inner;
        EXPECT_EQ(problem.position.line, 2U) << inner;
        EXPECT_FALSE(reasonOf(problem).empty());
    }
    EXPECT_FALSE(reasonOf(problemOf(around("<signer certificate=\"court/court.pem\"/>"
                                           "<signer certificate=\"court/court.pem\"/>")))
                     .empty());
}

TEST_F(Registrations, AnAuthorityIsNobodyAndASealMustBeAbleToSign) {
    const auto place = [this](const char* name, const std::string& der) {
        writeText(directory.path() / "court" / name, der);
    };
    place("authority.der", derWith("critical,CA:TRUE", "digitalSignature,keyCertSign"));
    place("encipher.der", derWith("CA:FALSE", "critical,keyEncipherment"));
    place("server.der", derWith("", "digitalSignature", "serverAuth"));
    place("client.der", derWith("", "digitalSignature", "clientAuth"));
    // What OpenSSL does not interpret, so that marking it critical forbids its use.
    place("critical.der", derWith("", "digitalSignature", "", "critical,for our eyes only"));
    place("comment.der", derWith("", "digitalSignature", "", "for all eyes"));
    const auto element = [](const std::string& name, const std::string& file) {
        return around("<" + name + (name == "channel" ? " id=\"c\"" : "") +
                      " certificate=\"court/" + file + "\"/>");
    };
    for (const auto& [name, file, reason] :
         std::vector<std::array<std::string, 3>>{{"signer", "ca.pem", "CA:TRUE"},
                                                 {"signer", "authority.der", "CA:TRUE"},
                                                 {"signer", "encipher.der", "key usage"},
                                                 {"channel", "ca.pem", "CA:TRUE"},
                                                 {"channel", "authority.der", "CA:TRUE"},
                                                 {"channel", "encipher.der", "TLS clients"},
                                                 {"channel", "server.der", "TLS clients"},
                                                 {"channel", "critical.der", "critical"},
                                                 {"signer", "critical.der", "critical"}}) {
        const Problem problem = problemOf(element(name, file));
        EXPECT_EQ(problem.code, ErrorCode::SCHEMA_INVALID);
        EXPECT_EQ(problem.path, "bad.xml/registration/" + name);
        EXPECT_EQ(problem.position.line, 2U);
        EXPECT_NE(reasonOf(problem).find("court/" + file + ": "), std::string::npos);
        EXPECT_NE(reasonOf(problem).find(reason), std::string::npos) << reasonOf(problem);
    }
    // Either of the two usages will do, and so will a certificate that states none.
    place("either-1.der", derWith("CA:FALSE", "digitalSignature"));
    place("either-2.der", derWith("", "nonRepudiation"));
    place("silent.der", derWith("", ""));
    for (const char* file : {"either-1.der", "either-2.der", "silent.der", "comment.der"})
        EXPECT_TRUE(readRegistration(write("good.xml", element("signer", file)), *schema)) << file;
    for (const char* file : {"either-1.der", "client.der", "silent.der", "comment.der"})
        EXPECT_TRUE(readRegistration(write("good.xml", element("channel", file)), *schema)) << file;
}

TEST_F(Registrations, ExpiredSealsStayForOldMessages) {
    makeDemoPki(directory.path() / "old", {{"seal", DemoKind::Seal}},
                {now() - days(900), now() - days(800)});
    const auto r =
        readRegistration(write("a.xml", around("<signer certificate=\"old/seal.pem\"/>")), *schema);
    ASSERT_TRUE(r.ok()) << reasonOf(r.error());
    EXPECT_LT(r->signers[0].certificate->notAfter(), now());
}

TEST_F(Registrations, AFolderBecomesOneRegistry) {
    write("a.xml", kWhole);
    write("b.xml", around("<channel id=\"hub\" certificate=\"court/hub-tls.pem\"/>", "H01"));
    write("notes.txt", "left alone");
    const auto area = readRegistrationArea(directory.path(), *schema, {}, fits);
    EXPECT_TRUE(area.faults.empty());
    ASSERT_EQ(area.files.size(), 2U);
    EXPECT_EQ(area.files.at("b.xml").channels.at(0).id, "hub");
    EXPECT_EQ(area.files.at("b.xml").partner.agency, "H01");
    EXPECT_EQ(area.files.at("a.xml").signers.size(), 2U);
    EXPECT_THROW((void)readRegistrationArea(directory.path() / "none", *schema, {}, fits), Fault);
}

TEST_F(Registrations, NothingIsRegisteredInTwoFiles) {
    write("a.xml", kWhole);
    for (const std::string& other :
         {around("", "G15.01"),
          around("<channel id=\"court-1\" certificate=\"court/hub-tls.pem\"/>", "G15.02"),
          around("<channel id=\"x\" certificate=\"court/court-tls.pem\"/>", "G15.02"),
          around("<signer certificate=\"court/court.pem\"/>", "G15.02")}) {
        write("b.xml", other);
        const auto area = readRegistrationArea(directory.path(), *schema, {}, fits);
        ASSERT_EQ(area.faults.size(), 1U) << other;
        EXPECT_EQ(area.faults[0].file, "b.xml");
        EXPECT_NE(area.faults[0].reason.find("in a.xml"), std::string::npos);
        EXPECT_TRUE(area.files.contains("a.xml"));
        EXPECT_FALSE(area.files.contains("b.xml"));
    }
}

TEST_F(Registrations, AWrongFileHarmsItsOwnAgencyAlone) {
    write("a.xml", kWhole);
    write("b.xml", around("<channel id=\"hub\" certificate=\"court/hub-tls.pem\"/>", "H01"));
    const auto good = readRegistrationArea(directory.path(), *schema, {}, fits);
    write("b.xml", "<registration");
    const auto kept = readRegistrationArea(directory.path(), *schema, good.files, fits);
    EXPECT_EQ(kept.files.at("b.xml").channels.at(0).id, "hub") << "as it was";
    ASSERT_EQ(kept.faults.size(), 1U);
    EXPECT_NE(kept.faults[0].reason.find("as it was before"), std::string::npos);
    const auto fresh = readRegistrationArea(directory.path(), *schema, {}, fits);
    EXPECT_FALSE(fresh.files.contains("b.xml"));
    EXPECT_TRUE(fresh.files.contains("a.xml"));
    EXPECT_NE(fresh.faults.at(0).reason.find("left out"), std::string::npos);
    // Taken away on purpose is not broken.
    fs::remove(directory.path() / "b.xml");
    const auto gone = readRegistrationArea(directory.path(), *schema, good.files, fits);
    EXPECT_TRUE(gone.faults.empty());
    EXPECT_FALSE(gone.files.contains("b.xml"));
}

TEST_F(Registrations, ANewFileTakesNothingFromWhoHadIt) {
    write("m.xml", kWhole);
    const auto before = readRegistrationArea(directory.path(), *schema, {}, fits);
    write("a.xml", around("<channel id=\"court-1\" certificate=\"court/hub-tls.pem\"/>", "G15.02"));
    const auto after = readRegistrationArea(directory.path(), *schema, before.files, fits);
    EXPECT_TRUE(after.files.contains("m.xml"));
    ASSERT_EQ(after.faults.size(), 1U);
    EXPECT_EQ(after.faults[0].file, "a.xml");
    // What the directory or the mappings do not know is its own file's fault as well.
    const auto judged = readRegistrationArea(
        directory.path(), *schema, {}, [](const Registration& one) -> std::optional<std::string> {
            if (one.partner.agency == "G15.01") return "unknown";
            return std::nullopt;
        });
    EXPECT_TRUE(judged.files.contains("a.xml"));
    EXPECT_FALSE(judged.files.contains("m.xml"));
}
