"""Activities and playlists, and the learners who follow them."""
