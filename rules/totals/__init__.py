"""T: printed totals, sums, counts and percentages against the rows."""
