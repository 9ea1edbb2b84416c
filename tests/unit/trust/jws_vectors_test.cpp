// The examples of RFC 7515, appendices A.2, A.3 and F, around the keys printed there.

#include <gtest/gtest.h>

#include "gateway/base/encoding.h"
#include "gateway/trust/jws.h"
#include "tests/unit/trust/jws_maker.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::fromBase64Url;

namespace {

const std::string kPayload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
const std::string kRsaModulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4"
    "QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdb"
    "BYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-D"
    "WNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
const std::string kRs256Value =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5ju"
    "jGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07"
    "Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipU"
    "TI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const std::string kEs256Value =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

CertificatePtr rsaCertificate() {
    return certificateOfRsaKey(*fromBase64Url(kRsaModulus), *fromBase64Url("AQAB"));
}

CertificatePtr ecCertificate() {
    return certificateOfEcKey(*fromBase64Url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                              *fromBase64Url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
}

}  // namespace

TEST(Rfc7515, A2Rs256) {
    const std::string text = "eyJhbGciOiJSUzI1NiJ9." + kPayload + "." + kRs256Value;
    const auto jws = Jws::parseCompact(text);
    ASSERT_TRUE(jws.ok());
    EXPECT_EQ(jws->algorithm(), JwsAlgorithm::Rs256);
    EXPECT_TRUE(jws->verify(*rsaCertificate()).ok());
    EXPECT_EQ(jws->payload(),
              "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
}

TEST(Rfc7515, A3Es256) {
    const std::string text = "eyJhbGciOiJFUzI1NiJ9." + kPayload + "." + kEs256Value;
    const auto jws = Jws::parseCompact(text);
    ASSERT_TRUE(jws.ok());
    EXPECT_EQ(jws->algorithm(), JwsAlgorithm::Es256);
    EXPECT_FALSE(jws->certificateHint());
    EXPECT_TRUE(jws->verify(*ecCertificate()).ok());
    EXPECT_FALSE(jws->verify(*rsaCertificate()).ok());
}

TEST(Rfc7515, AppendixFDetachesThePayload) {
    const auto jws =
        Jws::parseDetached("eyJhbGciOiJFUzI1NiJ9.." + kEs256Value, *fromBase64Url(kPayload));
    ASSERT_TRUE(jws.ok());
    EXPECT_TRUE(jws->verify(*ecCertificate()).ok());
}

TEST(Rfc7515, A1HmacIsRefused) {
    const std::string text = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + kPayload +
                             ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    EXPECT_EQ(Jws::parseCompact(text).error().code, gateway::base::ErrorCode::SIGNATURE_ALGORITHM);
}

TEST(Rfc7515, A5NoneIsRefused) {
    const std::string text = "eyJhbGciOiJub25lIn0." + kPayload + ".";
    EXPECT_FALSE(Jws::parseCompact(text).ok());
}
