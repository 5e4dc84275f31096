"""The page about the JSON API, made from its OpenAPI description: `python -m web.api_page > docs/api.md`."""

import sys
from typing import Any

from fastapi import FastAPI

from web.app import APIS

_HEAD = """# The JSON API

Everything that the pages of `saraban serve` show and do, for other programs of the office. The description in OpenAPI
is at `/api/openapi.json` while the desk is open; this page is made from it (`python -m web.api_page > docs/api.md`).

- Base address: `http://127.0.0.1:8642/api`. Without accounts it is served on this machine alone.
- Where the archive has accounts (`saraban accounts add`), log in with `POST /api/session` and send the token along:
  `Authorization: Bearer TOKEN`. It lasts ten hours at most. 401: not logged in; 403: the role may not do that; 429: too
  many attempts. A reader may read all; a decision and an upload need a reviewer, and carry the account's name.
- Times are UTC in ISO 8601, dates ISO in the common era, numbers and letter numbers in Arabic digits; Thai digits stay
  in `raw`. Records are those of `saraban schema`.
- An error has one shape, whatever went wrong: `{"error": {"code": …, "message": …, "hint": …}}`. 404: not there; 409:
  somebody changed the value meanwhile, nothing was kept; 413: too large; 422: the request cannot be meant.
- A decision is kept only where `before` is the value as it stands: read the document, decide, send what you saw.
- Calls that change something are refused (403) where a browser sends them from a page of another site.

```sh
curl -s 'http://127.0.0.1:8642/api/search?q=ว%20856'
curl -s -X POST -H 'content-type: application/json' http://127.0.0.1:8642/api/documents/SHA256/decisions \\
  -d '{"path": "letters[0].number", "answer": "corrected", "text": "มท 0810.2/ว 857", "before": "มท 0810.2/ว 856"}'
```
"""


def as_markdown() -> str:
    """Return the page."""
    app = FastAPI(title="Saraban", version="1")
    for module in APIS:
        app.include_router(module.router, prefix="/api")
    description = app.openapi()
    parts = [_HEAD]
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            parts.append(_operation(method.upper(), path, operation))
    return "\n".join(parts)


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    lines = [f"## {method} {path}", "", operation.get("description", operation["summary"]), ""]
    rows = [_parameter(each) for each in operation.get("parameters", ())]
    if rows:
        lines += ["| parameter | in | type |", "| --- | --- | --- |", *rows, ""]
    body = operation.get("requestBody", {}).get("content", {})
    lines += [f"Body: `{kind}`, {_type(content['schema'])}\n" for kind, content in body.items()]
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    lines += [f"Answer: {_type(answer)}", ""]
    return "\n".join(lines)


def _parameter(parameter: dict[str, Any]) -> str:
    needed = " (needed)" if parameter.get("required") else ""
    return f"| `{parameter['name']}`{needed} | {parameter['in']} | {_type(parameter['schema'])} |"


def _type(schema: dict[str, Any]) -> str:
    """Return a type in a few words; records by the name that the OpenAPI description has them under."""
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    bounds = [f"{word} {schema[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in schema]
    default = f", else {schema['default']}" if schema.get("default") not in (None, "") else ""
    return " ".join([schema.get("type", "any"), *bounds]) + default


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
