"""File → pages → words, ruled cells and marks: from bytes to `models.ocr.OcrPage`."""
