"""The HTTP API described in OpenAPI 3.1, made from the tables of tools, addresses and canned questions."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from kg import __version__
from kg.asking.canned import CHOICES, DAYS
from kg.asking.questions import CannedQuery, Parameter, queries
from kg.web.records import LONGEST_NAME, MOST_NUMBER, Refusal
from kg.web.routes import QUERY, WAYS, Way

Schema = dict[str, Any]

_REFERENCE = "#/components/schemas/{name}"
_JSON = "application/json"
_REFUSALS = {
    "400": "the request is no HTTP, or its body no JSON",
    "401": "the token is missing or wrong",
    "404": "there is nothing of this name",
    "405": "the address is not for this method",
    "413": "the body is too large",
    "415": "the body is not said to be JSON",
    "421": "the host is not this machine",
    "422": "a parameter is unknown or wrong, a name fits nobody or several, or a text is refused",
    "500": "a mistake of kg",
    "503": "the database cannot be reached or used",
}


def description(*, token: bool) -> Schema:
    """Return the description of the API, with the need of a token or without."""
    kinds = [kind for way in WAYS for kind in (way.tool.takes, way.tool.gives)]
    _, schemas = msgspec.json.schema_components([*kinds, Refusal], ref_template=_REFERENCE)
    paths: dict[str, Schema] = {}
    for path, method, operation in _operations(schemas):
        paths.setdefault(path, {})[method] = operation
    bearer = {"type": "http", "scheme": "bearer"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "kg", "version": __version__, "summary": "A graph of political events, read from news."},
        "paths": paths,
        "components": {"schemas": schemas, **({"securitySchemes": {"token": bearer}} if token else {})},
        **({"security": [{"token": []}]} if token else {}),
    }


def _operations(schemas: Mapping[str, Schema]) -> Iterator[tuple[str, str, Schema]]:
    for way in WAYS:
        fields = schemas[way.tool.takes.__name__]
        if way is QUERY:
            limit = _parameter("limit", fields["properties"]["limit"])
            yield from (_canned(query, limit) for query in queries())
        elif way.method == "POST":
            body = {"required": True, "content": {_JSON: {"schema": _reference(way.tool.takes)}}}
            yield way.path, "post", {**_told(way, way.tool.name, way.tool.help), "requestBody": body}
        else:
            yield way.path, "get", {**_told(way, way.tool.name, way.tool.help), "parameters": _parameters(way, fields)}


def _canned(query: CannedQuery, limit: Schema) -> tuple[str, str, Schema]:
    parameters = [_parameter(each.name, _schema(each)) for each in query.parameters]
    told = {**_told(QUERY, query.name, query.answers), "summary": query.title}
    return QUERY.path.format(query=query.name), "get", {**told, "parameters": [*parameters, limit]}


def _told(way: Way, name: str, help_text: str) -> Schema:
    answer = {"description": "the answer", "content": {_JSON: {"schema": _reference(way.tool.gives)}}}
    refusal = {_JSON: {"schema": _reference(Refusal)}}
    refusals = {code: {"description": why, "content": refusal} for code, why in _REFUSALS.items()}
    return {"operationId": name, "description": help_text, "responses": {"200": answer, **refusals}}


def _reference(kind: type) -> Schema:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def _parameters(way: Way, fields: Schema) -> list[Schema]:
    inside = re.findall(r"{(\w+)}", way.path)
    required = fields.get("required", [])
    return [
        _parameter(name, schema, place="path" if name in inside else "query", required=name in required)
        for name, schema in fields["properties"].items()
    ]


def _parameter(name: str, schema: Schema, *, place: str = "query", required: bool = False) -> Schema:
    told = {"description": schema["description"]} if "description" in schema else {}
    rest = {key: value for key, value in schema.items() if key != "description"}
    return {"name": name, "in": place, "required": required, **told, "schema": rest}


def _schema(parameter: Parameter) -> Schema:
    told: Schema = {"description": parameter.help, "default": parameter.default}
    if isinstance(parameter.default, int):
        return {**told, "type": "integer", "minimum": 0, "maximum": MOST_NUMBER}
    if parameter.name in CHOICES:
        return {**told, "type": "string", "enum": list(CHOICES[parameter.name])}
    if parameter.name in DAYS:
        return {**told, "type": "string", "pattern": r"^(\d{4}-\d\d-\d\d)?$"}
    return {**told, "type": "string", "maxLength": LONGEST_NAME}
