"""The records (schema `saraban/1`): frozen, without input or output. See `models.document.Document`."""
