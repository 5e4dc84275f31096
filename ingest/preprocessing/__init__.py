"""A page image before layout analysis: upright, level, without border noise, its inks apart."""
