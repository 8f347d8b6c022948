"""Loads reports in headless Chromium. `python3 test_reports.py [REPORT.html …]`; without arguments, the samples'."""

import pathlib
import re
import sys
import tempfile
import unittest

import page_checks
from browser import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]
REPORTS = [pathlib.Path(p).resolve() for p in sys.argv[1:]] or sorted(ROOT.glob("samples/**/report*.html"))
GUILTY = """<!DOCTYPE html><html lang="en"><title>x</title><body style="background:#fff"><h1>a</h1><h3>b</h3>
<p style="color:#999">pale</p><div style="width:2000px">wide</div><table><tr><th>x</table><a href="#no">x</a>
<figure><svg viewBox="0 0 50 20"><text x="40" y="12">cut</text><text x="41" y="12">over</text>
<circle class="m-suspect" r="3" fill="#eee"/></svg></figure>
<div class="scroll" style="width:10px"><div style="width:90px">table</div></div>
<script>console.log("x")</script><img src="http://127.0.0.1:9/x.png"></body></html>"""
FORBIDDEN = """<!DOCTYPE html><html lang="en"><meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>x</title><p style="color:red">x</p></html>"""


class ReportTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.browser.send("Page.addScriptToEvaluateOnNewDocument", source=page_checks.LISTENER)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def load(self, path, width, scheme="light", media=""):
        self.browser.show(width, scheme=scheme, media=media)
        self.browser.load(path)

    def written(self, text):
        """The path of a temporary page."""
        file = tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8")
        self.addCleanup(file.close)
        file.write(text)
        file.flush()
        return pathlib.Path(file.name)

    def test_there_are_reports(self):
        self.assertTrue(REPORTS, "no report was found under samples/")

    def test_pages_are_silent_and_whole(self):
        for path in REPORTS:
            with self.subTest(report=path.name):
                self.load(path, 1280)
                self.assertEqual(page_checks.noise(self.browser, path.as_uri()), [])
                self.assertEqual(page_checks.document(self.browser), [])
                if ROOT / "samples" in path.parents:
                    self.assertLess(path.stat().st_size, 300_000)

    def test_nothing_is_cut_or_pale(self):
        for path in REPORTS:
            for width, scheme in [(1280, "light"), (1280, "dark"), (768, "light"), (360, "light"), (360, "dark"), (320, "light")]:
                with self.subTest(report=path.name, width=width, scheme=scheme):
                    self.load(path, width, scheme)
                    self.assertEqual(page_checks.layout(self.browser), [])

    def test_everything_fits_on_paper(self):
        for path in REPORTS:
            for scheme in ["light", "dark"]:
                with self.subTest(report=path.name, scheme=scheme):
                    self.load(path, 688, scheme, media="print")
                    self.assertEqual(page_checks.layout(self.browser) + self.browser.evaluate(page_checks.PAPER), [])
            self.load(path, 1280)
            self.assertTrue(self.browser.pdf().startswith(b"%PDF"))

    def test_a_blocked_style_sheet_loses_nothing(self):
        for path in REPORTS:
            with self.subTest(report=path.name):
                bare = self.written(re.sub(r"<style>.*?</style>", "", path.read_text("utf-8"), flags=re.S))
                self.load(bare, 1280)
                checks = [page_checks.TEXT_CONTRAST, page_checks.MARK_CONTRAST, page_checks.LABELS]
                self.assertEqual([p for c in checks for p in self.browser.evaluate(c)], [])
                self.assertEqual(page_checks.document(self.browser), [])

    def test_scripts_make_no_difference(self):
        for path in REPORTS:
            with self.subTest(report=path.name):
                self.load(path, 1280)
                self.browser.evaluate("0")
                size = self.browser.send("Page.getLayoutMetrics")["cssContentSize"]["height"]
                on = self.browser.picture(0, 0, 1280, 1200)
                self.browser.send("Emulation.setScriptExecutionDisabled", value=True)
                try:
                    self.load(path, 1280)
                    self.assertEqual(size, self.browser.send("Page.getLayoutMetrics")["cssContentSize"]["height"])
                    self.assertEqual(on, self.browser.picture(0, 0, 1280, 1200))
                finally:
                    self.browser.send("Emulation.setScriptExecutionDisabled", value=False)

    def test_every_check_can_fail(self):
        page = self.written(GUILTY)
        self.load(page, 1280)
        found = "\n".join(
            page_checks.noise(self.browser, page.as_uri()) + page_checks.layout(self.browser)
            + page_checks.document(self.browser) + self.browser.evaluate(page_checks.PAPER))
        for problem in [
            "console: ", "request: http", "px wide in a window", "h3 follows h1", "no caption", "no scope",
            "no role, title", "leads nowhere", "is cut: cut", "overlap: cut and over", "contrast of 2.85: pale",
            "m-suspect has a contrast", "px of paper", "no result is embedded",
        ]:
            self.assertIn(problem, found)
        forbidden = self.written(FORBIDDEN)
        self.load(forbidden, 1280)
        self.assertIn("policy was violated: style-src", "\n".join(page_checks.noise(self.browser, forbidden.as_uri())))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
