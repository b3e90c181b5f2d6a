"""Firefox and WebKit for the tests, as Debian has them, driven over the W3C's two protocols: Firefox itself speaks
WebDriver BiDi, and WebKitGTK's driver the older WebDriver. Playwright drives only builds of its own.

`python tests/drivers.py` installs the two browsers if necessary, or explains in one line how to get them.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import urllib3
from websockets.sync.client import ClientConnection, connect

PATIENCE = 120  # s to wait for a state; long, as the machine may be busy
HEIGHT = 900  # px
SCREEN = 1600  # px
PAUSE = 0.02  # s between two looks
FIREFOX = ("firefox-esr", "firefox")
PREFERENCES = 'user_pref("ui.prefersReducedMotion", 1);\n'  # for Firefox
SETTINGS = "[Settings]\ngtk-enable-animations=0\n"  # the same for WebKitGTK
LEFT_EARLY = re.compile(
    r"downloadable font|Failed to load ‘[^’]+\.(?:woff2|json|js|png|svg)’\. A ServiceWorker intercepted the request"
)
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
LIBRARIES = Path("/usr")
MINI = "lib*/**/webkit2gtk-4.*/MiniBrowser"  # WebKitGTK's own browser, which its driver starts
PROGRAMS = {"firefox-esr": FIREFOX, "webkit2gtk-driver": ("WebKitWebDriver",), "xvfb": ("Xvfb",)}  # by package

Actions = list[dict[str, Any]]


class Driver(Protocol):
    """What both protocols do with a window."""

    faults: list[str]  # errors of scripts and of the policy so far, as far as the browser reports them

    def visit(self, address: str) -> None:
        """Load a page."""

    def answer(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, by way of JSON."""

    def act(self, actions: Actions) -> None:
        """Press keys, and move and click the mouse, as the actions of WebDriver say."""

    def resize(self, width: int) -> None:
        """Give the window a width, in px."""


class Firefox:
    """A window of the Firefox at the other end of a connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self.faults: list[str] = []
        self.connection = connection
        self.sent = 0
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.window = self.ask("browsingContext.create", type="tab")[
            "context"
        ]  # in the first tab nothing has the focus
        self.ask("browsingContext.activate", context=self.window)

    def ask(self, command: str, **parameters: Any) -> Any:
        """Carry out a command, and return its result; what the browser reports meanwhile is kept."""
        self.sent += 1
        self.connection.send(json.dumps({"id": self.sent, "method": command, "params": parameters}))
        while (said := json.loads(self.connection.recv(PATIENCE))).get("id") != self.sent:
            if said["method"] == "log.entryAdded":
                self.note(**said["params"])
        assert said["type"] == "success", said
        return said["result"]

    def note(self, level: str, text: str, **_: object) -> None:
        """Keep an error, unless it is that of a file whose page was left before it had come."""
        if level == "error" and not LEFT_EARLY.match(text):
            self.faults.append(text)

    def visit(self, address: str) -> None:
        self.ask("browsingContext.navigate", context=self.window, url=address, wait="complete")

    def answer(self, expression: str) -> Any:
        awaited = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"  # it may be a promise
        asked = {"expression": awaited, "target": {"context": self.window}}
        found = self.ask("script.evaluate", **asked, awaitPromise=True)
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def act(self, actions: Actions) -> None:
        self.ask("input.performActions", context=self.window, actions=actions)

    def resize(self, width: int) -> None:
        self.ask("browsingContext.setViewport", context=self.window, viewport={"width": width, "height": HEIGHT})


class WebKit:
    """A window of WebKitGTK's browser, which is at least 447 px wide, by way of the driver at an address."""

    def __init__(self, address: str, program: str) -> None:
        self.faults: list[str] = []  # the driver reports none
        self.session = ""
        self.address = address
        options = {"binary": program, "args": ["--automation"]}
        made = self.ask("session", capabilities={"alwaysMatch": {"webkitgtk:browserOptions": options}})
        self.session = f"session/{made['sessionId']}/"

    def ask(self, command: str, **parameters: Any) -> Any:
        """Carry out a command, and return its result."""
        said = urllib3.request(
            "POST", f"{self.address}/{self.session}{command}", json=parameters, timeout=PATIENCE, retries=False
        )
        assert said.status == 200, said.data
        return said.json()["value"]

    def visit(self, address: str) -> None:
        self.ask("url", url=address)

    def answer(self, expression: str) -> Any:
        return json.loads(self.ask("execute/sync", script=f"return JSON.stringify({expression}) ?? 'null'", args=[]))

    def act(self, actions: Actions) -> None:
        self.ask("actions", actions=actions)

    def resize(self, width: int) -> None:
        left = (SCREEN - width) // 2  # below the mouse, as nothing else gives a window the focus here
        self.ask("window/rect", x=left, y=0, width=width, height=HEIGHT)


@contextmanager
def started(command: Sequence[str], **streams: Any) -> Iterator[subprocess.Popen[str]]:
    """Start a program, yield it, and end it with all that it started."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, start_new_session=True, text=True, **(quiet | streams)) as running:
        try:
            yield running
        finally:
            os.killpg(running.pid, signal.SIGKILL)


@contextmanager
def firefox() -> Iterator[Driver]:
    """Start Firefox without a display, yield a window of it, and close it at the end."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile, Path(profile, "log").open("w") as log:
        Path(profile, "user.js").write_text(PREFERENCES)
        command = [path(*FIREFOX), "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile]
        with started(command, stdout=log, stderr=log):
            address = until(lambda: LISTENING.search(Path(log.name).read_text()), "Firefox listens")[1]
            with connect(f"{address}/session", max_size=None, open_timeout=PATIENCE, ping_interval=None) as connection:
                yield Firefox(connection)


@contextmanager
def display() -> Iterator[str]:
    """Start a display that nobody sees, and yield its name."""
    command = [path("Xvfb"), "-displayfd", "1", "-screen", "0", f"{SCREEN}x{HEIGHT}x24", "-nolisten", "tcp"]
    with started(command, stdout=subprocess.PIPE) as running:
        yield f":{running.stdout.readline().strip()}" if running.stdout else ""


@contextmanager
def webkit() -> Iterator[Driver]:
    """Start WebKitGTK's browser on a display of its own, yield a window of it, and close it at the end."""
    port = free_port()
    with TemporaryDirectory(ignore_cleanup_errors=True) as home, display() as name:
        settings = Path(home, "gtk-3.0/settings.ini")
        settings.parent.mkdir()
        settings.write_text(SETTINGS)
        surroundings = {**os.environ, "DISPLAY": name, "XDG_CONFIG_HOME": home}
        with started([path("WebKitWebDriver"), f"--port={port}"], env=surroundings):
            until(lambda: listens(port), "WebKitWebDriver listens")
            yield WebKit(f"http://127.0.0.1:{port}", str(next(LIBRARIES.glob(MINI), "MiniBrowser")))


BROWSERS: dict[str, Callable[[], Any]] = {"firefox": firefox, "webkit": webkit}


def path(*names: str) -> str:
    """Return the path of a program by the first of these names.

    Raises:
        FileNotFoundError: None is installed.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise FileNotFoundError(f"none of {', '.join(names)} is installed")
    return found


def until(look: Callable[[], Any], wanted: str) -> Any:
    """Return what a function returns as soon as that is true.

    Raises:
        TimeoutError: It never is.
    """
    end = time.monotonic() + PATIENCE
    while not (seen := look()):
        if time.monotonic() > end:
            raise TimeoutError(wanted)
        time.sleep(PAUSE)
    return seen


def free_port() -> int:
    """Return a port that no program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def listens(port: int) -> bool:
    """Return whether a program listens on a port."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def missing() -> list[str]:
    """Return the packages whose programs are not installed."""
    return [package for package, names in PROGRAMS.items() if not any(map(shutil.which, names))]


def main() -> int:
    """Install the browsers if necessary and permitted, and return 0 if they are installed, else 1."""
    if missing() and shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing()]):
            print("Installing browsers for the tests: apt-get", *command)
            subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if missing():
        print("The tests need more browsers: sudo apt-get install", *missing(), file=sys.stderr)
    return 1 if missing() else 0


if __name__ == "__main__":
    sys.exit(main())
