"""Tables whose rows nobody changes: the database itself refuses, whatever program asks."""

from alembic import op


def refuse_changes(table: str, what: str | None = None) -> None:
    """Have the database refuse to change or delete rows of a table.

    Args:
        table: The table.
        what: What its rows are called in the message, where that is not the name of the table.
    """
    message = f"{what or table} are append-only"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
        )
        for events, rows in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{rows.lower()} BEFORE {events} ON {table} "
                f"FOR EACH {rows} EXECUTE FUNCTION {table}_refuse()"
            )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
