#include "report/html.h"

#include <gtest/gtest.h>

namespace vya {
namespace {

TEST(HtmlEscaped, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(html_escaped("größe 表 😀\n\tx"), "größe 表 😀\n\tx");
  EXPECT_EQ(html_escaped(""), "");
}

TEST(HtmlEscaped, EscapesWhatHtmlReads) {
  EXPECT_EQ(html_escaped("<a href=\"x\">'&amp;'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;");
}

TEST(HtmlEscaped, MarksWhatIsNoUtf8) {
  EXPECT_EQ(html_escaped("a\xFF"
                         "b\xC3"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(html_escaped("\xC0\xBC"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "an overlong '<'";
}

TEST(HtmlEscaped, NamesWhatNobodySees) {
  EXPECT_EQ(html_escaped(std::string("a\0b\x1B\x7F", 5)), "a[U+0000]b[U+001B][U+007F]");
  EXPECT_EQ(html_escaped("x\xE2\x80\xAEgpj.exe"), "x[U+202E]gpj.exe");
  EXPECT_EQ(html_escaped("\xC2\x85\xE2\x80\x8B\xEF\xBB\xBF"), "[U+0085][U+200B][U+FEFF]");
  EXPECT_EQ(html_escaped("\xF0\x9F\xBF\xBE"), "[U+1FFFE]") << "no character";
}

TEST(Html, ClosesWhatItOpens) {
  Html html;
  html.in("p", {{"class", "a \"b\""}}, [&] {
    html.text("1 < 2");
    html.empty("br", {});
    html.in("b", "<i>");
  });
  EXPECT_EQ(html.take(), "<p class=\"a &quot;b&quot;\">1 &lt; 2<br /><b>&lt;i&gt;</b></p>");
}

}  // namespace
}  // namespace vya
