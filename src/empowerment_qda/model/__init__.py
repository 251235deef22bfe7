"""The nouns of a study: frozen values without a disk, a terminal or tables."""
