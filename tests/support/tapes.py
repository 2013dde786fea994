"""A tape that is played in a moment, and what it says."""

SMALL = """\
# A document goes out, and comes back.
Set Width 60
Set Height 8
Serve
Send {"x": 1}
Wait received 1
Expect .x == 1
Screenshot small.txt
"""
PICTURE = "small.txt"
SEEN = '▼ {"x": 1}'
"""What is in its picture."""
WRONG = SMALL.replace("Expect .x == 1", "Expect .x == 2")
"""The same with an expectation that does not hold."""
WRONG_WORDS = 'Expect .x == 2 does not hold: the newest frame is {"x": 1}'
