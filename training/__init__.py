"""How the recognizer was made: characters, faces, lines, network, training and export. Not part of the package."""
