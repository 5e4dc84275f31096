"""M: the marks of an annex and the remarks beside them."""
