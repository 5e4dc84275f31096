"""The review desk and the archive in a browser.

Comes in: requests of people on this machine. Goes out: pages that work without JavaScript, and the same as JSON. What a
person decides goes through `pipeline.deciding` like a decision from the command line; nothing here judges a document.
"""
