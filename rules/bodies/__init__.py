"""O: the local bodies of an annex against one another and against the register."""
