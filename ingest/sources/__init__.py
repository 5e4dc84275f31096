"""Files of every kind → their pages: images, text, rows of a spreadsheet."""
