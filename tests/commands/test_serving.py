"""What is refused before anything is served."""

import pytest

from core.errors import UsageError


def test_a_certificate_that_is_none_is_refused_before_anything_is_served(run, tmp_path) -> None:
    none = tmp_path / "none.pem"
    none.write_text("-", "ascii")
    for words in (
        ("--tls-cert", str(none)),
        ("--tls-cert", str(none), "--tls-key", str(none)),
        ("--tls-key", str(none)),
    ):
        with pytest.raises(UsageError, match="--tls"):
            run("serve", "--no-browser", *words)
