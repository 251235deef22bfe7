"""What each command answers: the JSON of the contract, and tables for people."""
