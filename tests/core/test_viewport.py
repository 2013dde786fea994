"""The viewport against a model that lays every line of every row out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from client_tui.core.viewport import Anchor, Viewport

row_heights = st.integers(1, 6)


class ViewportAgainstModel(RuleBasedStateMachine):
    """The model knows its top as a line, and every line there is."""

    @initialize(can_follow=st.booleans())
    def begin(self, can_follow):
        self.heights = []
        self.viewport = Viewport(lambda row: self.heights[row], can_follow=can_follow)
        self.can_follow = self.following = can_follow
        self.height = 0
        self.top = 0

    @property
    def lines(self):
        return [Anchor(row, line) for row, height in enumerate(self.heights) for line in range(height)]

    @property
    def last(self):
        return max(0, len(self.lines) - self.height)

    def anchor(self, line):
        return [*self.lines, Anchor(len(self.heights), 0)][line]

    def go(self, line):
        self.top = max(0, min(line, self.last))
        self.following = self.can_follow and self.top == self.last

    def settle(self, anchor):
        """Take the place of `anchor`, or of what is left of it."""
        self.viewport.count = len(self.heights)
        self.viewport.settle()
        stays = [
            number for number, line in enumerate(self.lines) if line.row == anchor.row and line <= anchor
        ]
        self.top = self.last if self.following else min(max(stays, default=self.last), self.last)

    @rule(heights=st.lists(row_heights, max_size=8))
    def add_rows(self, heights):
        anchor = self.anchor(self.top)
        self.heights += heights
        self.settle(anchor)

    @rule(heights=st.lists(row_heights, max_size=8))
    def show_other_rows(self, heights):
        anchor = self.anchor(self.top)
        self.heights = heights
        self.settle(anchor)

    @rule(row=st.integers(0, 30), height=row_heights)
    def refold(self, row, height):
        anchor = self.anchor(self.top)
        self.heights[row : row + 1] = [height] if row < len(self.heights) else []
        self.settle(anchor)

    @rule(height=st.integers(0, 12))
    def resize(self, height):
        was_at_end = self.top == self.last
        anchor = self.anchor(self.top)
        stays = self.can_follow and height != self.height and was_at_end
        self.height = height
        self.viewport.resize(height, len(self.heights))
        self.settle(self.anchor(self.last) if stays else anchor)

    @rule(lines=st.integers(-15, 15))
    def scroll(self, lines):
        self.viewport.scroll(lines)
        self.go(self.top + lines)

    @rule(row=st.integers(0, 30))
    def reveal(self, row):
        if row < len(self.heights):
            self.viewport.reveal(row)
            first = self.lines.index(Anchor(row, 0))
            end = first + self.heights[row]
            if first < self.top:
                self.go(first)
            elif end > self.top + self.height:
                self.go(min(first, end - self.height))

    @rule(line=st.integers(0, 100))
    def reveal_line(self, line):
        if line < len(self.lines):
            row, within = self.lines[line]
            if self.heights[row] <= self.height:
                self.reveal(row)
                return
            self.viewport.reveal_line(row, within)
            if not self.top <= line < self.top + self.height:
                self.go(line - self.height // 3)

    @rule(line=st.integers(0, 100))
    def to_position_of_a_line(self, line):
        if line < len(self.lines):
            row, within = self.lines[line]
            self.viewport.to_position(row + within / self.heights[row])
            self.go(line)

    @rule()
    def to_start(self):
        self.viewport.to_start()
        self.go(0)

    @rule()
    def to_end(self):
        self.viewport.to_end()
        self.go(self.last)

    @invariant()
    def is_the_same(self):
        assert self.viewport.top == self.anchor(self.top)
        assert self.viewport.last_top == self.anchor(self.last)
        assert self.viewport.visible() == self.lines[self.top : self.top + self.height]
        assert self.viewport.following == self.following
        assert self.viewport.at_end == (self.top == self.last)
        assert 0 <= self.viewport.position <= self.viewport.last_position


TestViewportAgainstModel = ViewportAgainstModel.TestCase


def window(heights, height):
    viewport = Viewport(lambda row: heights[row])
    viewport.count, viewport.height = len(heights), height
    viewport.settle()
    return viewport


@given(st.integers(0, 1_000_000), st.integers(1, 100_000), st.data())
def test_a_position_leads_back_to_its_line(row, tall, data):
    viewport = Viewport(lambda _: tall)
    viewport.count, viewport.height = 1_000_002, 1
    viewport.top = Anchor(row, data.draw(st.integers(0, tall - 1)))
    there = viewport.top
    viewport.to_position(viewport.position)
    assert viewport.top == there


@given(st.lists(row_heights, max_size=5), st.floats(-5, 10))
def test_any_position_leads_into_the_rows(heights, position):
    viewport = window(heights, 3)
    viewport.to_position(position)
    assert Anchor(0, 0) <= viewport.top <= viewport.last_top
    assert len(viewport.visible()) == min(3, sum(heights))


@pytest.mark.parametrize(
    "move",
    [
        lambda viewport: viewport.scroll(-39),
        lambda viewport: viewport.scroll(39),
        lambda viewport: viewport.reveal(500_000),
        lambda viewport: viewport.to_position(400_000.5),
        lambda viewport: viewport.to_start(),
        lambda viewport: viewport.to_end(),
        lambda viewport: viewport.settle(),
    ],
)
def test_a_million_rows_are_not_measured(move):
    measured = []

    def measure(row):
        measured.append(row)
        return 2

    viewport = Viewport(measure)
    viewport.count, viewport.height = 1_000_000, 40
    viewport.to_position(500_010)
    measured.clear()
    move(viewport)
    viewport.visible()
    assert len(measured) < 150


def test_what_stands_at_the_top_stays_there_while_rows_come():
    heights = [2] * 10
    viewport = window(heights, 6)
    viewport.scroll(-5)
    top = viewport.top
    heights += [3] * 10
    viewport.count = len(heights)
    viewport.settle()
    assert viewport.top == top
    assert not viewport.following


def test_rows_may_go_while_the_window_gets_another_height():
    heights = [1] * 1_000
    viewport = Viewport(heights.__getitem__)
    viewport.resize(20, 1_000)
    viewport.settle()
    del heights[10:]
    viewport.resize(17, 10)
    viewport.settle()
    assert viewport.visible() == [Anchor(row, 0) for row in range(10)]
