"""What people say of rounds, applied to the readings: they themselves stay as they were frozen."""

from collections.abc import Iterable

from models.snapshot import RoundCorrection, Snapshot


def apply_corrections(snapshots: Iterable[Snapshot], corrections: Iterable[RoundCorrection]) -> list[Snapshot]:
    """Return the readings that are rounds, of the days that people gave them.

    Args:
        snapshots: As they were frozen.
        corrections: In the order that they were made; the last of a kind holds for all readings of a round.
    """
    removed: dict[tuple[str, int], bool] = {}
    dated: dict[tuple[str, int], RoundCorrection] = {}
    for correction in corrections:
        place = correction.document, correction.annex
        if correction.action == "date":
            dated[place] = correction
        else:
            removed[place] = correction.action == "remove"
    kept = []
    for snapshot in snapshots:
        place = snapshot.document, snapshot.annex
        if removed.get(place):
            continue
        day = dated[place].as_of if place in dated else snapshot.as_of
        kept.append(snapshot if day == snapshot.as_of else snapshot.model_copy(update={"as_of": day}))
    return kept
