"""`leanmirror agree module:function`: a function of one's own by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leanmirror.bridge.commands.main import main

MODULE = """
import numpy as np
from leanmirror import rules as lm

def softplus(x):
    return np.log(np.exp(x) + 1)

def sum_of_squares(x):
    return (x * x).sum()

def spec(x):
    return lm.softplus(x)

def squares(x):
    return lm.sum(x * x)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    name = f"own_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path(name)


def run(*arguments: str) -> int:
    return main(["agree", *arguments])


def test_a_function_is_held_against_its_spec(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == run(f"{folder}:softplus", "--spec", f"{folder}:spec", "--bound", "4")
    text = capsys.readouterr().out
    assert "∞ where the value is finite" in text
    assert "out of 4 ulp" in text


def test_shapes_are_given_as_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (f"{folder}:sum_of_squares", "--spec", f"{folder}:squares", "--inputs", "n", "--json", "-")
    assert 0 == run(*arguments, "--depth", "400")
    assert "leanmirror.agree_function/1" == json.loads(capsys.readouterr().out)["schema"]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("{}:softplus",), "needs --spec"),
        (("{}:nothing", "--spec", "{}:spec"), "has no nothing"),
        (("nowhere_at_all:f", "--spec", "{}:spec"), "cannot be imported"),
        (("{}:softplus", "--spec", "{}:spec", "--backend", "torch"), "are for operations"),
        (("tanh", "--bound", "3"), "is for a function"),
    ],
)
def test_bad_usage_is_one_line(
    folder: Path, arguments: tuple[str, ...], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == run(*(each.format(folder) for each in arguments))
    assert text in capsys.readouterr().err
