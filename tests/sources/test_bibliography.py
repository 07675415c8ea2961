"""The bibliography: every entry is a document that a reader can find."""

from __future__ import annotations

import pytest

from sources import bibliography, registry
from sources.errors import FormatError

ENTRY = r"""
@article{patterson2021,
  author = {Patterson, David and {Google Research}},
  title = {Carbon {E}missions \& Large Models},
  year = {2021}, journal = {arXiv}, doi = {10.1/x}, url = {https://arxiv.org/abs/2104.10350},
  note = {licence: CC BY 4.0; read twice}
}
"""


def test_fields_are_read_without_tex() -> None:
    (row,) = bibliography.read(ENTRY).to_dict("records")
    assert row == {
        "reference_id": "patterson2021",
        "type": "article",
        "title": "Carbon Emissions & Large Models",
        "authors": "Patterson, David; Google Research",
        "year": "2021",
        "publisher": "arXiv",
        "url": "https://arxiv.org/abs/2104.10350",
        "doi": "10.1/x",
        "licence": "CC BY 4.0",
    }


def test_absent_fields_are_none() -> None:
    (row,) = bibliography.read("@misc{a, title = {T}, year = {2020}}").to_dict("records")
    assert {name for name, value in row.items() if value is None} == {"authors", "publisher", "url", "doi", "licence"}


@pytest.mark.parametrize("fields", ["year = {2020}", "title = {T}", "title = {T}, author = {A}"])
def test_a_document_that_nobody_could_find_is_refused(fields: str) -> None:
    with pytest.raises(FormatError, match=r"references\.bib: found entry lost; expected a title, and a url or a year"):
        bibliography.read(f"@misc{{lost, {fields}}}")


def test_whatever_the_packaged_tables_cite_is_in_it_once() -> None:
    rows = registry.references()
    assert rows["reference_id"].is_unique
    used = set(registry.names("citations")["reference_id"])
    for adapter in registry.ADAPTERS.values():
        used.add(adapter.source.reference_id)
        if payload := registry.packaged(adapter):
            used |= set(registry.read(adapter, payload.origin, payload.content).claims["reference_id"].dropna())
    assert used - set(rows["reference_id"]) == set()
