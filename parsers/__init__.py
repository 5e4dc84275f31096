"""Words and cells → records: from `models.ocr.OcrPage` to letters and annexes."""
