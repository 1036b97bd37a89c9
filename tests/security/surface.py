"""The attack surface, enumerated from the code, so that what is added tomorrow is tried tomorrow."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from wagtail_massage.api_urls import api

LABEL = "wagtail_massage_comments"
API = "/api/massage/v1/"


class Operation(NamedTuple):
    """An operation of the JSON API as its own schema describes it."""

    method: str
    path: str
    described: dict[str, Any]

    @property
    def body_schema(self) -> dict[str, Any] | None:
        content = self.described.get("requestBody", {}).get("content", {})
        return resolved(content["application/json"]["schema"]) if content else None

    def url(self, **known: Any) -> str:
        return self.path.format(**known)


@functools.cache
def schema() -> dict[str, Any]:
    """Return the API's own description of itself."""
    return api.get_openapi_schema(path_prefix=API)


def resolved(described: dict[str, Any]) -> dict[str, Any]:
    if reference := described.get("$ref"):
        return schema()["components"]["schemas"][reference.rpartition("/")[2]]
    return described


def operations() -> list[Operation]:
    return [
        Operation(method, path, described)
        for path, methods in schema()["paths"].items()
        for method, described in methods.items()
    ]


def smallest_body(described: dict[str, Any]) -> dict[str, Any]:
    """Return a body with every required field, of the right type."""
    made = {}
    for name in described.get("required", ()):
        field = resolved(described["properties"][name])
        made[name] = (
            field["enum"][0] if "enum" in field else {"integer": 1, "boolean": True}.get(field["type"], "x")
        )
    return made


def models() -> list[Any]:
    return list(apps.get_app_config(LABEL).get_models(include_auto_created=True))


def columns() -> set[str]:
    """Return every name by which a field of the room's models can be set."""
    names = set()
    for model in models():
        for field in model._meta.get_fields():
            names |= {field.name, getattr(field, "attname", field.name)}
    return names | {"id", "pk"}


def rows(*, everywhere: bool = False) -> dict[str, list[Any]]:
    """Return every row of the room, of the pages and of the audit logs; `everywhere` those of all other tables too."""
    named = [
        apps.get_model(label) for label in ("wagtailcore.Page", "wagtailcore.ModelLogEntry", "auth.User")
    ]
    tables = apps.get_models(include_auto_created=True) if everywhere else [*models(), *named]
    return {
        model._meta.label: sorted(map(repr, model._base_manager.order_by().values_list()))
        for model in tables
        if model._meta.managed and not model._meta.proxy and model._meta.label != "sessions.Session"
    }


def patterns(
    resolver: URLResolver | None = None, namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, namespaces + ((pattern.namespace,) if pattern.namespace else ()))
        else:
            yield namespaces, pattern


class Route(NamedTuple):
    """An address of ours: the full name to reverse it, and the parameters that it takes."""

    name: str
    parameters: tuple[str, ...]
    module: str

    @property
    def is_of_the_admin(self) -> bool:
        return ".desk" in self.module or ".importers" in self.module or ".privacy" in self.module


def routes() -> list[Route]:
    """Return every named address whose view is ours, the JSON API aside."""
    found = {}
    for namespaces, pattern in patterns():
        module = getattr(pattern.callback, "__module__", "")
        view = getattr(pattern.callback, "view_class", None)
        module = view.__module__ if view else module
        if pattern.name and (
            module.startswith("wagtail_massage") or any(LABEL in name for name in namespaces)
        ):
            name = ":".join((*namespaces, pattern.name))
            found[name] = Route(name, tuple(pattern.pattern.converters), module)
    return [route for route in found.values() if not route.name.startswith("wagtail_massage_api:")]
