"""Room for the frames of deep calls, until the Python that runs us is one that needs none (CPython issue 142183).

Frames live on pieces of memory of 16 KB, and the next piece is taken from the system and given back each time that a
call crosses the end of one. Where the loops of a page happen to call across it, the page costs up to twice the time;
how deep a server had called before it came to us decides. One frame that asks for much gets a piece with room for all
that it calls.
"""

from functools import wraps

WORDS = 131_000  # asks for a megabyte, and so gets two


def with_room(call):
    """Return a function that calls another with room for hundreds of frames."""

    @wraps(call)
    def called(*args, **kwargs):
        return call(*args, **kwargs)

    called.__code__ = called.__code__.replace(co_stacksize=WORDS)
    return called
