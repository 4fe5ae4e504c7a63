"""From text to search terms: pure functions without a database, the same for every database behind the index.

``normalize`` cleans text and removes what spelling adds, ``tokens`` cuts it into words with their places, ``stopwords``
knows those that say nothing, ``stems`` removes inflection, ``compounds`` cuts German compounds, ``terms`` puts them
together, ``query`` reads what a visitor typed, ``highlight`` marks hits in an excerpt.
"""
