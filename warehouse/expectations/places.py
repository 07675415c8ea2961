"""Places that have been reviewed: what the region table of ML CO2 Impact may name, and which grids they share."""

from __future__ import annotations

#: country -> its cities with a data centre of a cloud provider
CITIES: dict[str, tuple[str, ...]] = {
    "Australia": ("Melbourne", "Sydney"),
    "Belgium": ("St. Ghislain",),
    "Brazil": ("Sao Paulo", "São Paulo"),
    "Canada": ("Beauharnois", "Montreal", "Montréal", "Quebec", "Toronto"),
    "China": ("Beijing", "Hong Kong", "Zhongwei"),
    "Finland": ("Hamina",),
    "France": ("Gravelines", "Paris"),
    "Germany": ("Frankfurt", "Frankfurt am Main"),
    "Hong Kong": ("Hong Kong",),
    "India": ("Mumbai",),
    "Ireland": ("Dublin",),
    "Italy": ("Frosinone",),
    "Japan": ("Osaka", "Osaka-shi", "Tokyo"),
    "Netherlands": ("Amsterdam", "Eemshaven"),
    "Singapore": ("Jurong West", "Singapore"),
    "South Africa": ("Pretoria", "Stellenbosch"),
    "South Korea": ("Busan", "Seoul"),
    "Sweden": ("Stockholm",),
    "Switzerland": ("Zürich",),
    "Taiwan": ("Changhua County",),
    "USA": (
        "Ashburn", "Berkeley County", "Chicago", "Columbus", "Council Bluffs", "Des Moines", "Los Angeles",
        "Loudoun County", "Mountain View", "Portland", "Quincy", "Salt Lake City", "San Antonio", "San Francisco",
        "Seattle", "The Dalles", "Weehawken",
    ),
    "United Kingdom": ("London",),
}  # fmt: skip

#: country -> its states and provinces
STATES: dict[str, tuple[str, ...]] = {
    "Australia": ("Australian Capital Territory", "New South Wales", "Victoria"),
    "Brazil": ("Sao Paulo",),
    "Canada": ("Ontario", "Quebec", "Québec"),
    "France": ("Auvergne", "Hauts-de-France", "Ile-de-France", "Midi-Pyrenees"),
    "Hong Kong": ("Wanchai",),
    "India": ("Maharashtra", "Tamil Nadu"),
    "Ireland": ("Leinster",),
    "Japan": ("Osaka", "Tokyo"),
    "Netherlands": ("North Holland",),
    "South Africa": ("Gauteng", "Western Cape"),
    "South Korea": ("Busan", "Seoul"),
    "USA": (
        "California", "Illinois", "Iowa", "New Jersey", "Oregon", "South Carolina", "Texas", "Utah", "Virginia",
        "Washington", "Wyoming",
    ),
    "United Kingdom": ("England",),
}  # fmt: skip

#: state, or city where no state is printed -> the grid that it shares with others
GRIDS = {
    "Québec": "Quebec",
    "Montreal": "Quebec",
    "Australian Capital Territory": "New South Wales",
    "Sydney": "New South Wales",
    "Oregon": "eGRID NWPP",
    "Portland": "eGRID NWPP",
    "Seattle": "eGRID NWPP",
    "Utah": "eGRID NWPP",
    "Washington": "eGRID NWPP",
}

#: part of a citation -> the countries that the source speaks of
PUBLISHER_COUNTRIES: dict[str, tuple[str, ...]] = {
    "blog.google/around-the-globe/google-europe": ("Belgium",),
    "cea.nic.in": ("India",),
    "cleanenergyregulator.gov.au": ("Australia",),
    "eGRID": ("USA",),
    "ema.gov.sg": ("Singapore",),
    "fepc.or.jp": ("Japan",),
    "Hydro-Québec": ("Canada",),
    "IESO": ("Canada",),
    "S095965261731627X": ("China", "Hong Kong"),
    "S1361920916307933": (
        "Finland", "France", "Germany", "Ireland", "Netherlands", "Sweden", "United Kingdom",
    ),
}  # fmt: skip
