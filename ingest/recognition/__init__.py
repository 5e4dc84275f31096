"""Text recognition: line images in, glyphs with boxes and confidence out, grouped into words and lines."""
