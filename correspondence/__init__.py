"""Letters that name other letters, as a graph.

Comes in: the letters of an archive in brief. Goes out: the chain of letters around one document. Nothing here opens an
archive.
"""
