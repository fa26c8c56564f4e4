"""The house's own pages: what every installation has (``house``), what is given out as tables
(``open_data``), and what search engines are told (``findable``)."""
