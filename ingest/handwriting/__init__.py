"""Fill-in fields: where a hand wrote into print, and what digits it wrote."""
