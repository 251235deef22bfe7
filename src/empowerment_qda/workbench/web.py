"""The workbench in a browser: textual's own web server, for this machine only and for who knows the address."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import aiohttp_jinja2
import jinja2
from aiohttp import WSMessage, WSMsgType, web
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, Static
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from empowerment_qda.problems import Place, Problem, StudyError
from empowerment_qda.workbench.guarded_app import GuardedApp

HOST = "127.0.0.1"
PORT = 8021
"""Where the page is, unless another port is asked for or this one is taken."""
PLACE = "QDA_PLACE"
"""The environment variable that names the file in which a page keeps where the coder stands, for when it is reloaded."""
WIDEST = 2_000
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Page(Server):
    """The server, under a path that cannot be guessed. Its page asks no other machine for anything."""

    def __init__(self, words: Sequence[str], port: int, say: Callable[[str], None]) -> None:
        whole = [sys.executable, "-c", "from empowerment_qda.cli import main; main()", *words]
        super().__init__(
            command=subprocess.list2cmdline(whole) if sys.platform == "win32" else shlex.join(whole),
            host=HOST,
            port=port,
            title="qda",
            templates_path=str(Path(__file__).parent / "page"),
        )
        self.key = secrets.token_urlsafe(16)
        self._served: set[asyncio.Task[object]] = set()
        self._say = say

    @property
    def address(self) -> str:
        """The page that the coder opens."""
        return f"{self.public_url}/{self.key}/"

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C. Nothing is written on the terminal but our own lines, whatever comes in."""
        logging.getLogger().addHandler(logging.NullHandler())
        loop = asyncio.new_event_loop()
        with suppress(NotImplementedError):  # Windows has no handlers of signals
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self.request_exit)
        web.run_app(
            self.application(),
            host=HOST,
            port=self.port,
            handle_signals=False,
            loop=loop,
            print=lambda *_: None,
        )

    def application(self) -> web.Application:
        """The server's pages under the key, behind a door that lets in only what comes from the page itself."""
        inner, outer = web.Application(), web.Application(middlewares=[self._guard])
        aiohttp_jinja2.setup(inner, loader=jinja2.FileSystemLoader(self.templates_path))
        inner.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/ws", self.handle_websocket, name="websocket"),
                web.get("/download/{key}", self.handle_download, name="download"),
                web.static("/static", self.statics_path, show_index=True, name="static"),
            ]
        )
        inner.on_startup.append(self.on_startup)
        inner.on_shutdown.append(self.on_shutdown)
        outer.add_subapp(f"/{self.key}/", inner)
        return outer

    async def on_startup(self, app: web.Application) -> None:
        """Say where the page is."""
        self._say(f"The workbench is at {self.address}")
        self._say("Only this machine can open it. Ctrl+C ends it; what was coded is on disk.")

    async def on_shutdown(self, app: web.Application) -> None:
        """Leave the pages that are open; the server would wait for them to be closed."""
        for task in self._served:
            task.cancel()

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a workbench of its own for a page, until either of them ends."""
        width, height = (
            to_int(request.query.get("width", "80"), 0),
            to_int(request.query.get("height", "24"), 0),
        )
        websocket = web.WebSocketResponse(heartbeat=15)

        workbench = AppService(
            self.command,
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=websocket.close,  # type: ignore[arg-type]  # its answer is not looked at
            download_manager=self.download_manager,
        )
        try:
            await websocket.prepare(request)
            await workbench.start(width, height)
            async for message in websocket:
                await _hand_on(message, websocket, workbench)
        except asyncio.CancelledError:
            await websocket.close()
        except Exception:
            logging.getLogger(__name__).exception("a page was left")
        finally:
            await workbench.stop()
        return websocket

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse other names for this machine and pages from elsewhere, which a browser would lend its hand to."""
        own = {f"{HOST}:{self.port}", f"localhost:{self.port}"}
        origin = request.headers.get("Origin")
        if request.host not in own or (origin and origin.removeprefix("http://") not in own):
            raise web.HTTPForbidden(text="Only pages of the workbench itself are served.")
        if not _fits(*(to_int(request.query.get(one, "80"), 0) for one in ("width", "height"))):
            raise web.HTTPBadRequest(text="No screen has that size.")
        task = asyncio.current_task()
        assert task
        self._served.add(task)
        try:
            return await handler(request)
        finally:
            self._served.discard(task)


async def _hand_on(message: WSMessage, websocket: web.WebSocketResponse, workbench: AppService) -> None:
    """Hand on what the page sends; what no page sends is passed over."""
    match read_frame(message.data) if message.type is WSMsgType.TEXT else None:
        case ["stdin", str(data), *_]:
            await workbench.send_bytes(data.encode("utf-8", "replace"))
        case ["resize", {"width": int(width), "height": int(height)}, *_] if _fits(width, height):
            await workbench.set_terminal_size(width, height)
        case ["ping", data, *_]:
            await websocket.send_json(["pong", data])
        case ["blur", *_]:
            await workbench.blur()
        case ["focus", *_]:
            await workbench.focus()


def read_frame(text: str) -> list[Any]:
    """What a page sends: a list of a word and what goes with it; empty where it is none.

    >>> read_frame('["stdin", "x"]'), read_frame('{"a":'), read_frame("7"), read_frame("[" * 9999)
    (['stdin', 'x'], [], [], [])
    """
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return frame if isinstance(frame, list) else []


def _fits(width: int, height: int) -> bool:
    """Whether a screen can be of this size, in cells; the program would make room for any."""
    return 0 < width <= WIDEST and 0 < height <= WIDEST


def serve(words: Sequence[str], port: int | None, say: Callable[[str], None]) -> None:
    """Serve `qda` with these words until Ctrl+C, at the port that is asked for (StudyError where it cannot be had),
    else at PORT or another free one."""
    free = find_port(port or PORT, asked=bool(port))
    with TemporaryDirectory() as folder:
        os.environ[PLACE] = str(Path(folder) / "place.json")
        Page(words, free, say).serve()


def find_port(wanted: int, asked: bool = False) -> int:
    """The port, or another where it is taken; StudyError where that one was asked for."""
    with socket.socket() as one:
        if (
            sys.platform != "win32"
        ):  # as the server itself does; Windows would give away a port that is in use
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, wanted))
        except OSError as error:
            if asked:
                said = f"port {wanted} cannot be had: {error.strerror or error}"
                hint = "Name another with --port, or leave it out: a free one is found."
                raise StudyError([Problem(Place("qda code --review"), "port", said, hint)]) from None
            one.bind((HOST, 0))
        return int(one.getsockname()[1])


class Refusal(GuardedApp):
    """Why the workbench cannot open, where nothing but the page can say it."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape,enter", "quit", "Leave")]
    CSS = "Static { padding: 1 2; }"

    def __init__(self, error: StudyError) -> None:
        super().__init__()
        self.problems = error.problems

    def compose(self) -> ComposeResult:
        lines = [f"{one.place.path}: {one.message} [{one.rule}]\n    {one.hint}" for one in self.problems]
        yield Static(Content("\n".join(lines)), markup=False)
        yield Footer(show_command_palette=False)
