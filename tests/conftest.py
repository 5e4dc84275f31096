"""What holds for all tests: Hypothesis has no deadline, for a busy machine is no fault."""

from hypothesis import settings

settings.register_profile("saraban", deadline=None)
settings.load_profile("saraban")
