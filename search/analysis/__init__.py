"""From text to search terms: pure functions without a database, the same for every database behind the index.

``normalize`` cleans text, ``tokens`` cuts it into words with their places, ``folding`` removes what spelling adds,
``stems`` removes inflection, ``compounds`` cuts German compounds, ``terms`` puts them together, ``query`` reads what a
visitor typed, ``highlight`` marks hits in an excerpt.
"""
