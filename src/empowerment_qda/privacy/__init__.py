"""Names and their pseudonyms, words that are to go, and codings that stay on their words all the same."""
