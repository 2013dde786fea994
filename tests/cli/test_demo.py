"""`jsonws-tui demo`: what it plays, writes and says, and how it ends. No terminal is needed for it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from client_tui.cli import main
from client_tui.demo.library import bundled, find
from tests.support.long_tape import PATIENCE, children_of, have_ended, hear_ctrl_c, long_tape
from tests.support.tapes import PICTURE, SEEN, SMALL, WRONG, WRONG_WORDS

COMMAND = [sys.executable, "-m", "client_tui", "demo"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Be in a folder with a tape, and keep what is temporary in another one that can be looked at."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.chdir(folder)
    Path("small.tape").write_text(SMALL)
    return folder


def run(*argv, shell="", **options):
    command = ["sh", "-c", f'exec "$@" {shell}', "sh", *COMMAND, *argv]
    return subprocess.run(command, capture_output=True, check=False, text=True, **options)


def there():
    """Return the files beside the tapes."""
    return sorted(str(path) for path in Path().rglob("*") if path.is_file() and path.suffix != ".tape")


# ---------------------------------------------------------------------- playing


def test_its_pictures_are_written_beside_a_tape_and_told(environ, tmp_path):
    """Without a terminal, a home, or a word about either; the user's settings are not even looked at."""
    settings = tmp_path / "jsonws-tui" / "config.toml"
    settings.parent.mkdir()
    settings.write_text("theme = [broken")
    bare = {name: environ[name] for name in ("PATH", "TMPDIR")}
    bare |= {"HOME": "/dev/null/none", "XDG_CONFIG_HOME": str(tmp_path), "JSONWS_TUI_THEME": "none"}
    done = run("small.tape", stdin=subprocess.DEVNULL, env=bare | {"PYTHONPATH": str(ROOT)})
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{PICTURE}\n", "")
    assert SEEN in Path(PICTURE).read_text()
    assert there() == [PICTURE]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_folder_for_the_pictures_is_made(capsys):
    Path("small.tape").write_text(SMALL.replace(PICTURE, f"below/{PICTURE}"))
    assert main(["demo", "small.tape", "--out", "not/there"]) == 0
    assert capsys.readouterr() == (f"not/there/below/{PICTURE}\n", "")
    assert there() == [f"not/there/below/{PICTURE}"]


def test_tapes_are_played_one_after_the_other_and_each_is_told_of(capsys):
    Path("wrong.tape").write_text(WRONG.replace(PICTURE, "wrong.txt"))
    assert main(["demo", "wrong.tape", "small.tape"]) == 1
    out, err = capsys.readouterr()
    assert out == f"{PICTURE}\n"
    assert err == f"jsonws-tui: wrong.tape:7: {WRONG_WORDS}\njsonws-tui: 1 of 2 tapes failed\n"
    assert there() == [PICTURE]


def test_a_tape_of_the_package_goes_by_its_name(capsys):
    assert main(["demo", "validation", "--out", "."]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [*dict.fromkeys(out.splitlines())]
    assert sorted(out.splitlines()) == there()
    assert "validation.svg" in out
    assert err == ""


def test_the_tapes_of_the_package_are_listed(capsys):
    assert main(["demo", "--list"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [f"{tape.name:14}  {tape.about}" for tape in bundled()]
    assert err == ""


def test_two_processes_make_the_same_bytes_wherever_they_run_and_however_slowly(environ, tmp_path):
    """At once, in each other's way; from other folders, in other time zones and languages."""
    tape = find("hello")[0].read_text()
    for suffix in ("png", "html", "txt"):
        tape = re.sub(r"(Screenshot .*)\.svg", rf"\1.svg\n\1.{suffix}", tape)
    for suffix in ("cast", "gif"):
        tape = tape.replace("Output hello.svg", f"Output hello.svg\nOutput hello.{suffix}")
    Path("it.tape").write_text(tape)
    machines = [
        {"TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONHASHSEED": "1", "NO_COLOR": "1", "COLUMNS": "40"},
        {"TZ": "America/Caracas", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "TERM": "dumb", "HOME": "/"},
    ]
    folders = [tmp_path / "one", tmp_path / "other" / "folder"]
    command = [*COMMAND, str(Path("it.tape").absolute()), "--out", "."]
    processes = []
    for machine, folder in zip(machines, folders, strict=True):
        folder.mkdir(parents=True)
        env = {**environ, "PYTHONPATH": str(ROOT), **machine}
        processes.append(subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL))
    assert [process.wait() for process in processes] == [0, 0]
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert len(one) > 20
    assert [name for name in one | other if one.get(name) != other.get(name)] == []


# ---------------------------------------------------------------------- checking


ACCEPT = "jsonws-tui: small.tape: what is different is accepted by --update\n"


def test_pictures_are_checked_and_updated(capsys):
    assert main(["demo", "--check", "small.tape"]) == 1
    assert capsys.readouterr() == ("", f"jsonws-tui: {PICTURE}: there is no such picture yet\n{ACCEPT}")
    assert there() == []

    assert main(["demo", "--update", "small.tape"]) == 0
    assert capsys.readouterr() == (f"{PICTURE}\n", "")

    assert main(["demo", "--check", "small.tape"]) == 0
    assert capsys.readouterr() == ("small.tape: as it should be\n", "")

    changed = Path(PICTURE).read_text().replace(SEEN, "▼ \x1b[2J")
    Path(PICTURE).write_text(changed)
    assert main(["demo", "--check", "small.tape"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.match(
        rf"jsonws-tui: {PICTURE}: from line \d on:\n- .*▼ \\u001b\[2J.*\n\+ .*{re.escape(SEEN)}", err
    )
    assert "\x1b" not in err
    assert Path(PICTURE).read_text() == changed

    assert main(["demo", "--update", "small.tape"]) == 0
    assert SEEN in Path(PICTURE).read_text()
    capsys.readouterr()
    assert main(["demo", "--update", "small.tape"]) == 0
    assert capsys.readouterr() == ("small.tape: as it should be\n", "")


# ---------------------------------------------------------------------- what is wrong


def test_all_mistakes_of_all_tapes_are_told_and_none_is_played(capsys, tmp_path):
    Path("a.tape").write_text("Serve\nTipe 'x'\nSend {,}\n")
    Path("b.tape").write_text("Set Shell bash\n")
    assert main(["demo", "small.tape", "a.tape", "none.tape", "b.tape"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    told = [line.removeprefix("jsonws-tui: ") for line in err.splitlines()]
    assert told[0] == "a.tape:2: there is no word Tipe: did you mean Type?"
    assert told[1].startswith("a.tape:3: not JSON: ")
    assert told[2] == "The tape cannot be read: none.tape: No such file or directory"
    assert told[3].startswith("b.tape:1: Set Shell is not taken: ")
    assert len(told) == 4
    assert there() == []
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        ([], "demo: the FILE is missing: jsonws-tui demo FILE.tape … [options]"),
        (["helo"], "The tape cannot be read: helo: there is no such file, and no such tape in the package: "),
        (["."], "The tape cannot be read: .: Is a directory"),
        (["latin.tape"], "The tape cannot be read: latin.tape: it is not UTF-8"),
        (["no\x1b[2J"], r"The tape cannot be read: no\u001b[2J: there is no such file, and no such "),
        (["x" * 300], f"The tape cannot be read: {'x' * 300}: File name too long"),
        (["small.tape", "--chekc"], "--chekc: there is no such flag: did you mean --check?"),
        (["small.tape", "./small.tape"], f"./small.tape: {PICTURE} is a picture of small.tape too: "),
    ],
)
def test_wrong_use_is_one_harmless_line_and_status_2(capsys, argv, line):
    Path("latin.tape").write_bytes("Type 'wörld'\n".encode("latin-1"))
    assert main(["demo", *argv]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"jsonws-tui: {line}")
    assert err.endswith("\n")
    assert err[:-1].isprintable()


def test_two_tapes_that_would_write_the_same_picture_are_not_played(capsys):
    Path("below").mkdir()
    Path("below/other.tape").write_text(SMALL)
    assert main(["demo", "small.tape", "below/other.tape", "--out", "o"]) == 2
    why = f"below/other.tape: o/{PICTURE} is a picture of small.tape too: play them one by one"
    assert capsys.readouterr() == ("", f"jsonws-tui: {why}\n")


def test_nor_where_its_folder_goes_by_two_names(capsys, folder):
    Path("link").symlink_to(folder)
    assert main(["demo", "small.tape", "link/small.tape"]) == 2
    assert "is a picture of small.tape too: play them one by one" in capsys.readouterr().err


def test_where_the_folder_of_the_user_was_removed_it_is_told_in_a_line(capsys, tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["demo", str(tmp_path / "folder" / "small.tape"), "--out", "."]) == 1
    why = f"A picture is not written: {PICTURE}: No such file or directory"
    assert capsys.readouterr() == ("", f"jsonws-tui: {why}\n")


def test_a_tape_that_waits_in_vain_shows_the_screen():
    Path("halt.tape").write_text(SMALL.replace("Screenshot", "Wait@1ms /never/\nScreenshot"))
    done = run("halt.tape")
    assert (done.returncode, done.stdout) == (1, "")
    first, *screen = done.stderr.splitlines()
    assert first == "jsonws-tui: halt.tape:8: waited 0.001 s for /never/ in the screen. On the screen:"
    assert any(SEEN in line for line in screen)
    assert all(line.startswith("  ") and line.isprintable() for line in screen)
    assert there() == []


@pytest.mark.parametrize(
    ("out", "why"),
    [("file/x", "Not a directory"), ("/proc/none", "No such file or directory")],
)
def test_pictures_that_cannot_be_written_are_told_in_a_line(capsys, out, why):
    Path("file").write_text("precious")
    assert main(["demo", "small.tape", "--out", out]) == 1
    assert capsys.readouterr() == ("", f"jsonws-tui: A picture cannot be written: {out}/{PICTURE}: {why}\n")
    assert Path("file").read_text() == "precious"


def test_a_full_disk_is_told_in_a_line_and_the_picture_that_was_there_stays(capsys):
    Path(PICTURE).write_text("precious")
    Path(f".{PICTURE}.{os.getpid()}").symlink_to("/dev/full")
    assert main(["demo", "small.tape"]) == 1
    why = f"A picture cannot be written: {PICTURE}: No space left on device"
    assert capsys.readouterr() == ("", f"jsonws-tui: {why}\n")
    assert Path(PICTURE).read_text() == "precious"


# ---------------------------------------------------------------------- how it ends


@pytest.mark.parametrize(
    ("shell", "status", "said"),
    [
        ("1>&-", 1, "jsonws-tui: standard output: it is closed\n"),
        (">/dev/full", 1, "jsonws-tui: standard output: No space left on device\n"),
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
    ],
)
def test_an_output_that_takes_nothing_does_not_keep_it_from_its_work(shell, status, said):
    done = run("small.tape", shell=shell)
    assert (done.returncode, done.stderr) == (status, said)
    assert there() == [PICTURE]


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_and_leaves_nothing_behind(tmp_path, number, status):
    pipes = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
    with (
        long_tape(Path("long.tape")) as heard,
        subprocess.Popen([*COMMAND, "long.tape"], preexec_fn=hear_ctrl_c, **pipes) as process,
    ):
        assert heard.wait(PATIENCE), process.communicate()
        children = children_of(process.pid)
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (status, b"", b"")
    assert list((tmp_path / "tmp").iterdir()) == []
    assert there() == []
    assert have_ended(children)


def test_what_a_tape_showed_before_it_stopped_is_written(capsys):
    Path("stops.tape").write_text(
        "Serve\nWait open\nScreenshot before.txt\nExpect .never\nScreenshot behind.txt\n"
    )
    assert main(["demo", "stops.tape"]) == 1
    out, err = capsys.readouterr()
    assert out == "before.txt\n"
    assert err.startswith("jsonws-tui: stops.tape:4: Expect .never does not hold: no frame was received")
    assert not Path("behind.txt").exists()
