"""Every route of the application."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from web.access import GuardedRoute
from web.app import APIS, PAGES


def all_routes(app: FastAPI) -> Iterator[tuple[str, GuardedRoute]]:
    """Path and route; the static files, which are for everybody, are none of them."""
    known = [module.router for module in (*PAGES, *APIS)]
    for part in app.routes:
        # By the version of FastAPI a router that is included stands for its routes, or they stand there themselves.
        if isinstance(part, Mount):
            assert part.path == "/static"
        elif not isinstance(part, APIRoute):
            assert vars(part)["original_router"] in known
    for modules, prefix in ((PAGES, ""), (APIS, "/api")):
        yield from ((prefix + route.path, route) for module in modules for route in module.router.routes)
