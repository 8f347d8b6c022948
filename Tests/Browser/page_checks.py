"""What a report's page must satisfy in a browser. Each check gives a list of problems, one sentence each."""

import hashlib
import json

# Listens from before the page's first byte; violations are also reported as events of the Audits domain.
LISTENER = """
window.violations = [];
document.addEventListener('securitypolicyviolation', e =>
  window.violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""

COLOURS = """
const parse = text => {
  const parts = text.match(/-?[\\d.]+(?:e-?\\d+)?/g).map(Number);
  const scale = text.startsWith('color(') ? 255 : 1;
  return {rgb: parts.slice(0, 3).map(v => v * scale), a: parts.length > 3 ? parts[3] : 1};
};
const over = (top, bottom) => top.rgb.map((v, i) => v * top.a + bottom[i] * (1 - top.a));
const ground = element => {
  const chain = [];
  for (let e = element; e; e = e.parentElement) chain.unshift(getComputedStyle(e).backgroundColor);
  return chain.reduce((below, colour) => over(parse(colour), below), [255, 255, 255]);
};
const light = rgb => {
  const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => {
  const [x, y] = [light(a), light(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};
const name = e => e.tagName.toLowerCase() + (e.getAttribute('class') ? '.' + e.getAttribute('class') : '');
"""

TEXT_CONTRAST = "(() => {" + COLOURS + """
const problems = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; node = walker.nextNode();) {
  const element = node.parentElement;
  if (!node.data.trim() || !element.getClientRects().length || element.closest('script, style, title, desc')) continue;
  const style = getComputedStyle(element);
  const svg = element.closest('svg');
  const below = ground(element);
  const colour = parse(svg ? (style.fill === 'none' ? style.color : style.fill) : style.color);
  const value = ratio(over(colour, below), below);
  if (value < 4.5) problems.add(`${name(element)} has a contrast of ${value.toFixed(2)}: ${node.data.trim().slice(0, 40)}`);
}
return [...problems];
})()"""

MARK_CONTRAST = "(() => {" + COLOURS + """
const problems = new Set();
for (const mark of document.querySelectorAll('figure rect, figure circle, figure path, figure line')) {
  if (!/^(m-|s-|dot|limit|curve|empty)/.test(mark.getAttribute('class') ?? '')) continue;
  const style = getComputedStyle(mark);
  const below = ground(mark);
  const value = ratio(over(parse(style.fill === 'none' || mark.tagName === 'line' ? style.stroke : style.fill), below), below);
  if (value < 3) problems.add(`${name(mark)} has a contrast of ${value.toFixed(2)}`);
}
return [...problems];
})()"""

HEADINGS = """(() => {
const problems = [];
const all = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
if (all.filter(h => h.tagName === 'H1').length !== 1) problems.push('there is not exactly one h1');
let level = 0;
for (const heading of all) {
  const next = Number(heading.tagName[1]);
  if (next > level + 1) problems.push(`h${next} follows h${level}: ${heading.textContent.slice(0, 40)}`);
  level = next;
}
return problems;
})()"""

STRUCTURE = """(() => {
const problems = [];
for (const table of document.querySelectorAll('table')) {
  if (!table.caption) problems.push('a table has no caption');
  for (const cell of table.querySelectorAll('th')) if (!cell.scope) problems.push('a th has no scope: ' + cell.textContent);
}
for (const svg of document.querySelectorAll('svg:not([aria-hidden])')) {
  const words = (svg.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id));
  if (svg.getAttribute('role') !== 'img' || words.length !== 2 || !words.every(w => w && w.textContent.trim()))
    problems.push('a chart has no role, title and description');
}
for (const link of document.querySelectorAll('a'))
  if (!document.getElementById(link.hash.slice(1))) problems.push('a link leads nowhere: ' + link.textContent);
return problems;
})()"""

OVERFLOW = """(() => {
const width = document.documentElement.clientWidth;
return document.documentElement.scrollWidth > width
  ? [`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`] : [];
})()"""

# On paper nothing scrolls: what does not fit is lost.
PAPER = """(() => [...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)
  .map(e => `a table is ${e.scrollWidth} px wide on ${e.clientWidth} px of paper: ${e.textContent.trim().slice(0, 40)}`)
)()"""

LABELS = """(() => {
const problems = [];
for (const svg of document.querySelectorAll('figure svg')) {
  const box = svg.viewBox.baseVal;
  const labels = [...svg.querySelectorAll('text')].map(text => ({text: text.textContent, at: text.getBBox()}));
  for (const {text, at} of labels)
    if (at.x < -1 || at.y < -1 || at.x + at.width > box.width + 1 || at.y + at.height > box.height + 1)
      problems.push('a label is cut: ' + text);
  labels.forEach((a, i) => labels.slice(i + 1).forEach(b => {
    const across = Math.min(a.at.x + a.at.width, b.at.x + b.at.width) - Math.max(a.at.x, b.at.x);
    const down = Math.min(a.at.y + a.at.height, b.at.y + b.at.height) - Math.max(a.at.y, b.at.y);
    if (across > 1 && down > 4) problems.push(`labels overlap: ${a.text} and ${b.text}`);
  }));
}
return problems;
})()"""


def noise(browser, url):
    """Console messages, exceptions, policy violations, and requests for anything but the page itself."""
    problems = ["the policy was violated: " + v for v in browser.evaluate("window.violations") or []]
    for event in browser.events:
        method, params = event.get("method"), event.get("params", {})
        if method == "Runtime.consoleAPICalled":
            problems.append("console: " + str(params["args"][:1]))
        elif method == "Runtime.exceptionThrown":
            problems.append("exception: " + params["exceptionDetails"]["text"])
        elif method == "Log.entryAdded":
            problems.append("log: " + params["entry"]["text"])
        elif method == "Audits.issueAdded":
            problems.append("issue: " + params["issue"]["code"])
        elif method == "Network.requestWillBeSent" and params["request"]["url"] != url:
            problems.append("request: " + params["request"]["url"])
    return problems


def embedded_result(browser):
    """The embedded result is JSON, and its digest is the one that the page states."""
    text = browser.evaluate("document.getElementById('result-json')?.textContent")
    if not text:
        return ["no result is embedded"]
    try:
        json.loads(text)
    except ValueError as error:
        return [f"the embedded result is not JSON: {error}"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    stated = browser.evaluate("document.getElementById('result').textContent")
    return [] if digest in stated else ["the page does not state the digest of the embedded result"]


def layout(browser):
    """What depends on the window and the colour scheme."""
    return [p for check in [OVERFLOW, TEXT_CONTRAST, MARK_CONTRAST, LABELS] for p in browser.evaluate(check)]


def document(browser):
    """What does not."""
    return [p for check in [HEADINGS, STRUCTURE] for p in browser.evaluate(check)] + embedded_result(browser)
