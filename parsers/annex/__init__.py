"""Cells of status annexes → columns with roles, rows, totals and remarks."""
