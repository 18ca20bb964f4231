"""The demo network: six invented organisers, their playlists and badges, people of every role, some history.

Everything is made by the product's own actions, under a clock that was moved back; but for the crowd of `--size`.
"""
