"""A terminal client for people who build JSON-over-WebSocket services."""

__version__ = "0.1.0"
