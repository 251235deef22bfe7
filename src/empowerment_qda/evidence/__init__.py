"""What was said, by whom, and what of it counts as evidence."""
