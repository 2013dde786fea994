"""Runs the connection's state machine over sockets."""
