"""Measuring search in a real browser: ours and its peers, by the same queries on the same texts."""
