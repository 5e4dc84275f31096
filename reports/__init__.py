"""Findings and changes → pages and tables for people."""
