"""Engines written by others, to judge what we issue."""
