#include "tests/report/browser.h"

#include <cstdlib>
#include <sstream>

#include "base/error.h"
#include "base/file.h"
#include "tests/world/program.h"

namespace vya {

namespace {

constexpr const char* kProgram = "chromium";
constexpr std::chrono::seconds kPatience{120};
// Chromium itself asks its makers for news; no name leads anywhere here.
constexpr const char* kNoNames = "--host-resolver-rules=MAP * ~NOTFOUND";
constexpr const char* kItself = "not an origin";

// Writes what is shown: `KEY VALUE` in lines of an element of its own.
constexpr const char* kProbe = R"html(
<script>
addEventListener("load", () => {
  const lines = [];
  const say = (key, value) => lines.push(key + "\t" + String(value).replace(/\s+/g, " "));
  const middle = element => {
    const box = element.getBoundingClientRect();
    return (box.top + box.bottom) / 2;
  };
  say("background", getComputedStyle(document.body).backgroundColor);
  say("ink", getComputedStyle(document.body).color);
  say("too wide", document.documentElement.scrollWidth - document.documentElement.clientWidth);
  for (const table of document.querySelectorAll("table")) {
    const name = "table " + table.caption.innerText;
    [...table.rows].forEach((row, i) =>
      say(name + " " + i, [...row.cells].map(cell => cell.innerText).join("|")));
  }
  for (const chart of document.querySelectorAll("svg.chart")) {
    const box = chart.getBoundingClientRect();
    say(chart.id + " size", Math.round(box.width) + "x" + Math.round(box.height));
    const grid = [...chart.querySelectorAll(".grid")].map(middle);
    const labels = [...chart.querySelectorAll(".value")].map(label => label.textContent);
    say(chart.id + " top", labels.at(-1));
    for (const point of chart.querySelectorAll(".dot,.ring,.cross")) {
      const share = (grid[0] - middle(point)) / (grid[0] - grid.at(-1));
      say(chart.id + " " + point.querySelector("title").textContent,
          point.classList[0] + " " + share.toFixed(4));
    }
    for (const line of chart.querySelectorAll("polyline.line")) {
      const corners = new Set([...line.points].map(at => at.x.toFixed(1) + " " + at.y.toFixed(1)));
      const dots = [...chart.querySelectorAll(".dot." + line.classList[1])];
      const beside = dots.filter(dot => !corners.has(
          dot.cx.baseVal.value.toFixed(1) + " " + dot.cy.baseVal.value.toFixed(1)));
      say(chart.id + " line " + line.classList[1],
          line.points.length + " corners, " + beside.length + " dots beside it");
    }
    for (const target of chart.querySelectorAll("polyline.target"))
      say(chart.id + " target", "at " + (grid[0] - middle(target)) / (grid[0] - grid.at(-1)));
  }
  const result = document.createElement("pre");
  result.id = "probe";
  result.textContent = lines.join("\n");
  document.body.append(result);
});
</script></body>)html";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw Error(Fault::kInternal, "the page has no " + from);
  return text.replace(at, from.size(), to);
}

/// Unescapes what a browser escapes in the text of a document; the ampersand last.
std::string unescaped(std::string text) {
  const std::vector<std::pair<std::string, std::string>> names = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&nbsp;", " "}, {"&amp;", "&"}};
  for (const auto& [from, to] : names) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  }
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The text between two marks, or nothing.
std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t start = text.find(before);
  if (start == std::string::npos) return "";
  const std::size_t from = start + before.size();
  return text.substr(from, text.find(after, from) - from);
}

std::vector<std::string> console_of(const std::string& log) {
  std::vector<std::string> said;
  for (const std::string& line : lines_of(log)) {
    if (line.find(":CONSOLE:") != std::string::npos)
      said.push_back(line.substr(line.find("] ") + 2));
  }
  return said;
}

/// The log of Chromium's network has an event in a line; a request's says who asked.
std::vector<std::string> requests_of(const std::string& log) {
  std::vector<std::string> requests;
  for (const std::string& line : lines_of(log)) {
    const std::string initiator = between(line, "\"initiator\":\"", "\"");
    if (!initiator.empty() && initiator != kItself)
      requests.push_back(between(line, "\"url\":\"", "\""));
  }
  return requests;
}

std::map<std::string, std::string> measured_in(const std::string& document) {
  std::map<std::string, std::string> measured;
  for (const std::string& line : lines_of(between(document, "<pre id=\"probe\">", "</pre>"))) {
    const std::size_t tab = line.find('\t');
    measured[unescaped(line.substr(0, tab))] = unescaped(line.substr(tab + 1));
  }
  return measured;
}

}  // namespace

std::vector<std::string> Visit::table(const std::string& caption) const {
  std::vector<std::string> rows;
  for (std::size_t i = 0;; ++i) {
    const auto row = measured.find("table " + caption + " " + std::to_string(i));
    if (row == measured.end()) return rows;
    rows.push_back(row->second);
  }
}

bool Browser::is_installed() {
  std::istringstream path(std::getenv("PATH") == nullptr ? "" : std::getenv("PATH"));
  for (std::string folder; std::getline(path, folder, ':');) {
    if (std::filesystem::exists(std::filesystem::path(folder) / kProgram)) return true;
  }
  return false;
}

Visit Browser::visit(const std::string& page, std::vector<std::string> options) const {
  const std::filesystem::path file = folder_.write("page.html", page);
  const std::filesystem::path network = folder_ / "network.json";
  std::vector<std::string> arguments = {"--headless",
                                        "--no-sandbox",  // it cannot have one as root
                                        "--disable-gpu",
                                        "--disable-dev-shm-usage",
                                        "--disable-background-networking",
                                        "--no-first-run",
                                        "--enable-logging=stderr",
                                        "--v=0",
                                        kNoNames,
                                        "--user-data-dir=" + (folder_ / "profile").string(),
                                        "--log-net-log=" + network.string()};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), {"--dump-dom", "file://" + file.string()});
  world::Program chromium({.program = kProgram,
                           .arguments = arguments,
                           .environment = {{"HOME", folder_.path().string()}}});
  if (!chromium.ended_within(kPatience))
    throw Error(Fault::kInternal, "chromium does not end:\n" + chromium.errors());
  const world::Ended ended = chromium.wait();
  if (ended.status != 0 || ended.output.find("<body>") == std::string::npos)
    throw Error(Fault::kInternal, "chromium did not show the page:\n" + ended.errors);
  return {.document = ended.output,
          .console = console_of(ended.errors),
          .requests = requests_of(read_file(network).value()),
          .measured = measured_in(ended.output)};
}

Visit Browser::visit_measured(const std::string& page, std::vector<std::string> options) const {
  return visit(replaced(without_policy(page), "</body>", kProbe), std::move(options));
}

std::string without_policy(const std::string& page) {
  const std::string start = "<meta http-equiv=\"Content-Security-Policy\"";
  return replaced(page, start + between(page, start, ">") + ">", "");
}

}  // namespace vya
