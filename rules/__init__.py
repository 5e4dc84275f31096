"""Records → verdicts: one small function a rule."""
