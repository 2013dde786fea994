"""An echo server for JSON over WebSocket, on Django Channels and Daphne. It knows nothing of the client."""

__version__ = "0.1.0"
