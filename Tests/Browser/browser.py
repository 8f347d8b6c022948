"""Headless Chromium over the DevTools protocol's pipe: Python's standard library and nothing else."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


class BrowserError(Exception):
    """One sentence about what the browser refused or failed to do."""


class Browser:
    """One Chromium process with one page. A context manager: the process and its profile end with it."""

    FLAGS = [
        "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
        "--force-color-profile=srgb", "--font-render-hinting=none", "--lang=en",
    ]

    def __init__(self, program=None):
        program = program or next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
        if program is None:
            raise BrowserError("There is no Chromium on this machine; run apt-get install chromium.")
        self.profile = tempfile.mkdtemp(prefix="assay-browser-")
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        to_browser, self.writer = os.pipe()
        self.reader, from_browser = os.pipe()
        self.process = subprocess.Popen(
            [program, *self.FLAGS, *sandbox, "--user-data-dir=" + self.profile, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=(3, 4), preexec_fn=lambda: self._as_3_and_4(to_browser, from_browser))
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.last_id = 0
        self.session = None
        self.events = []
        try:
            target = self.send("Target.createTarget", url="about:blank")["targetId"]
            self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ["Page", "Runtime", "Network", "Log", "Audits"]:
                self.send(domain + ".enable")
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _as_3_and_4(to_browser, from_browser):
        """Moves both pipe ends to the numbers that Chromium expects, by way of numbers that are surely free."""
        read, write = os.dup(to_browser), os.dup(from_browser)
        while min(read, write) < 5:
            read, write = os.dup(read), os.dup(write)
        os.dup2(read, 3)
        os.dup2(write, 4)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the process and removes its profile."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.writer)
        os.close(self.reader)
        shutil.rmtree(self.profile, ignore_errors=True)

    def send(self, method, **params):
        """The answer to one command; events that come before it are kept in `events`."""
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.writer, data):]
        while True:
            answer = self._receive(30, method)
            if answer.get("id") != self.last_id:
                self.events.append(answer)
            elif "error" in answer:
                raise BrowserError(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def wait_for(self, event, seconds=30):
        """Waits until an event of this name is among `events`."""
        while not any(e.get("method") == event for e in self.events):
            self.events.append(self._receive(seconds, event))

    def _receive(self, seconds, awaited):
        end = time.monotonic() + seconds
        while b"\0" not in self.buffer:
            if not select.select([self.reader], [], [], max(0, end - time.monotonic()))[0]:
                raise BrowserError(f"Chromium did not answer {awaited} within {seconds} s.")
            part = os.read(self.reader, 1 << 20)
            if not part:
                raise BrowserError(f"Chromium ended while {awaited} was awaited.")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def evaluate(self, expression):
        """The value of a JavaScript expression in the page."""
        result = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise BrowserError(result["exceptionDetails"]["exception"].get("description", "a script failed"))
        return result["result"].get("value")

    def show(self, width, height=900, scheme="light", media="", scale=1):
        """Sets the window, the preferred colour scheme and the medium."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=width < 600)
        self.send(
            "Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def load(self, path):
        """Opens a file and waits for it; events of earlier pages are forgotten."""
        self.events = []
        answer = self.send("Page.navigate", url="file://" + os.path.abspath(path))
        if answer.get("errorText"):
            raise BrowserError(f"{path}: {answer['errorText']}")
        self.wait_for("Page.loadEventFired")

    def picture(self, x, y, width, height):
        """PNG bytes of a part of the page."""
        clip = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
        shot = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(shot["data"])

    def pdf(self):
        """The page as it prints on A4."""
        answer = self.send(
            "Page.printToPDF", printBackground=True, preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)
        return base64.b64decode(answer["data"])
