"""Takes the README's pictures: `python3 pictures.py REPORT.html FOLDER`."""

import os
import pathlib
import sys
import tempfile

from browser import Browser

# The face that readers with a modern system see something like; Debian's own default is wider and older.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>
<dir>/usr/share/fonts</dir>
<alias binding="strong"><family>system-ui</family><prefer><family>Inter</family></prefer></alias>
<alias binding="strong"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>"""

# The top and bottom of an element of the page, whole pixels.
SPAN = """(() => {
  const box = document.querySelector(SELECTOR).getBoundingClientRect();
  return [Math.floor(box.top + scrollY), Math.ceil(box.bottom + scrollY)];
})()"""


def span(browser, selector):
    return browser.evaluate(SPAN.replace("SELECTOR", repr(selector)))


def main(report, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)

    fonts = tempfile.NamedTemporaryFile("w", suffix=".conf")
    fonts.write(FONTS)
    fonts.flush()
    os.environ["FONTCONFIG_FILE"] = fonts.name

    def save(name, picture):
        (folder / (name + ".png")).write_bytes(picture)

    with Browser() as browser:
        browser.show(1280)
        browser.load(report)
        save("report", browser.picture(100, 0, 1080, span(browser, "#verdict .scroll")[1] + 24))
        save("report-before-after", browser.picture(100, *section(browser, "#before-after", "#before-after .charts")))
        save("report-embeddings", browser.picture(100, *section(browser, "#embeddings", "#embeddings .beside")))
        save("report-weights", browser.picture(100, *section(browser, "#weights", "#weights .beside")))
        browser.show(1280, scheme="dark")
        browser.load(report)
        save("report-dark", browser.picture(100, 0, 1080, span(browser, "nav")[1] + 24))
        browser.show(360, height=780, scale=2)
        browser.load(report)
        save("report-narrow", browser.picture(0, 0, 360, 780))


def section(browser, first, last):
    """Top, width and height of what lies between two elements, with a margin."""
    top, bottom = span(browser, first)[0], span(browser, last)[1]
    return top, 1080, bottom - top + 24


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
