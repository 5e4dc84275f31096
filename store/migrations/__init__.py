"""Steps from one shape of the archive to the next, run by Alembic."""
