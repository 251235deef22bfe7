"""The server behind --web: who may come in, and what a page is told."""

from __future__ import annotations

import asyncio
import shlex
import socket
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import WSMsgType
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Request, WebSocketResponse
from textual.widgets import Static

from empowerment_qda.problems import Place, Problem, StudyError
from empowerment_qda.workbench import web
from empowerment_qda.workbench.web import HOST, Page, Refusal, find_port, serve

PAGE = Path(web.__file__).parent / "page" / "app_index.html"


def ask(path: str, headers: dict[str, str] | None = None) -> tuple[int, str, list[str]]:
    """Status and text of a page; `KEY` and `PORT` stand for those of the server; and what the server said."""
    told: list[str] = []

    async def main() -> tuple[int, str]:
        port = find_port(0)
        page = Page(["code", "--review", "--coder", "a b"], port, told.append)
        server = TestServer(page.application(), host=HOST, port=port)
        async with TestClient(server) as client:
            sent = {key: value.replace("PORT", str(port)) for key, value in (headers or {}).items()}
            async with client.get(path.replace("KEY", page.key), headers=sent) as answer:
                return answer.status, (await answer.text()).replace(page.key, "KEY").replace(
                    str(port), "PORT"
                )

    return *asyncio.run(main()), told


def test_the_page_comes_from_this_machine_alone() -> None:
    status, text, told = ask("/KEY/")
    assert status == 200
    assert 'data-session-websocket-url="ws://127.0.0.1:PORT/KEY/ws"' in text
    assert 'src="http://127.0.0.1:PORT/KEY/static/js/textual.js"' in text
    links = [part.split('"')[0] for part in text.split("://")[1:]]
    assert links
    assert all(link.startswith("127.0.0.1:PORT/KEY/") for link in links)
    assert told[0].startswith(f"The workbench is at http://{HOST}:")


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/KEY/", {"Origin": "http://127.0.0.1:PORT"}, 200),
        ("/KEY/", {"Host": "localhost:PORT"}, 200),
        ("/KEY/static/js/textual.js", {}, 200),
        ("/", {}, 404),
        ("/another/", {}, 404),
        ("/KEY/", {"Origin": "http://elsewhere.example"}, 403),
        ("/KEY/ws", {"Origin": "http://elsewhere.example"}, 403),
        ("/KEY/ws", {"Origin": "null"}, 403),
        ("/KEY/", {"Host": "elsewhere.example:PORT"}, 403),
        ("/KEY/", {"Host": "127.0.0.1:1"}, 403),
        ("/KEY/ws?width=1000000000", {}, 400),
        ("/KEY/ws?width=-1", {}, 400),
    ],
)
def test_only_the_page_itself_is_let_in(path: str, headers: dict[str, str], status: int) -> None:
    assert ask(path, headers)[0] == status


def test_a_port_that_was_asked_for_and_is_taken_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StudyError, match=rf"port {port} cannot be had: ") as caught:
            serve([], port, print)
        assert [one.rule for one in caught.value.problems] == ["port"]
    assert find_port(port, asked=True) == port


def test_two_servers_have_two_keys_and_one_port_each() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        assert find_port(taken.getsockname()[1]) != taken.getsockname()[1]
    one, other = Page([], 1, print), Page([], 2, print)
    assert one.key != other.key
    assert len(one.key) >= 20


@pytest.mark.skipif(sys.platform == "win32", reason="the shell of Windows quotes in another way")
def test_names_reach_the_program_as_they_are() -> None:
    command = Page(["--coder", "a'; echo b", "$HOME"], 1, print).command
    assert shlex.split(command)[-3:] == ["--coder", "a'; echo b", "$HOME"]


def test_a_page_is_told_why_it_cannot_open() -> None:
    problem = Problem(Place("codings/a"), "in-use", "somebody [works] on this", "End that session.")

    async def main() -> str:
        app = Refusal(StudyError([problem]))
        async with app.run_test() as pilot:
            text = str(app.query_one(Static).content)
            await pilot.press("q")
        return text

    assert asyncio.run(main()) == "codings/a: somebody [works] on this [in-use]\n    End that session."


def test_the_page_names_no_other_machine() -> None:
    assert "://" not in PAGE.read_text(encoding="utf-8")


def test_a_page_that_is_open_does_not_keep_the_server_from_ending() -> None:
    class Open(Page):
        """A page on which nothing happens any more."""

        async def handle_websocket(self, request: Request) -> WebSocketResponse:
            answer = WebSocketResponse()
            await answer.prepare(request)
            try:
                await asyncio.Event().wait()
            finally:
                await answer.close()
            return answer

    async def main() -> WSMsgType:
        port = find_port(0)
        page = Open([], port, print)
        server = TestServer(page.application(), host=HOST, port=port)
        async with TestClient(server) as client, client.ws_connect(f"/{page.key}/ws") as socket:
            await page.on_shutdown(server.app)
            return (await socket.receive(timeout=30)).type

    assert asyncio.run(main()) is WSMsgType.CLOSE


FRAMES: list[str | bytes] = [
    "", "{", "7", "null", "[]", "{}", "[" * 99_999, '["stdin"]', '["stdin", 7]', '["stdin", {"a": []}]', '["resize"]',
    '["resize", [80, 24]]', '["resize", {"width": "80", "height": 24}]', '["resize", {"width": 1e9, "height": 24}]',
    '["resize", {"width": 1000000000, "height": 24}]', '["resize", {"width": -1, "height": 24}]', '["ping"]', '[["stdin"], "x"]',
    '["unknown", 1]', '"stdin"', "9" * 5_000, b"stdin", b"\xff\xfe",
]  # fmt: skip


def test_what_no_page_sends_is_passed_over_without_a_word(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[object] = []

    class Recorded:
        """The program behind a page, as far as it is told anything."""

        def __init__(self, command: str, **kwargs: object) -> None:
            """Nothing is started."""

        async def start(self, width: int, height: int) -> None:
            """Nothing is started."""

        async def stop(self) -> None:
            """Nothing was started."""

        async def send_bytes(self, data: bytes) -> None:
            done.append(data)

        async def set_terminal_size(self, width: int, height: int) -> None:
            done.append((width, height))

    monkeypatch.setattr("empowerment_qda.workbench.web.AppService", Recorded)

    async def main() -> tuple[object, int]:
        port = find_port(0)
        page = Page([], port, print)
        server = TestServer(page.application(), host=HOST, port=port)
        async with TestClient(server) as client:
            async with client.ws_connect(f"/{page.key}/ws?width=80&height=24") as socket:
                for frame in FRAMES:
                    await (socket.send_str(frame) if isinstance(frame, str) else socket.send_bytes(frame))
                for said in (["stdin", "é\ud800"], ["resize", {"width": 90, "height": 30}], ["ping", 1]):
                    await socket.send_json(said)
                pong = await socket.receive_json(timeout=30)
            async with client.ws_connect(f"/{page.key}/ws") as socket:
                with suppress(ConnectionError):  # the server hangs up
                    await socket.send_str("x" * 5_000_000)
            async with client.get(f"/{page.key}/") as answer:
                return pong, answer.status

    assert asyncio.run(main()) == (["pong", 1], 200)
    assert done == ["é?".encode(), (90, 30)]
    assert not [one for one in caplog.records if one.levelname in ("WARNING", "ERROR")]


def test_it_is_served_on_this_machine_alone_until_it_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[dict[str, object]] = []

    def run_app(app: object, **keys: object) -> None:
        served.append(keys)
        keys["loop"].close()  # type: ignore[attr-defined]

    monkeypatch.setattr("aiohttp.web.run_app", run_app)
    Page([], 8123, print).serve()
    assert [(one["host"], one["port"], one["handle_signals"]) for one in served] == [(HOST, 8123, False)]
