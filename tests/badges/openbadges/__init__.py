"""The Open Badges library, alone and against engines written by others."""
