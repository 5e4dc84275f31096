"""Table structure recognition: ruling lines → cells with spans, their text and check marks."""
