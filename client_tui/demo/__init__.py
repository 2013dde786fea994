"""Tapes: scripted sessions, played against the real client and a real server into pictures."""
