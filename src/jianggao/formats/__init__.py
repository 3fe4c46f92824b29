"""File formats: each module reads one into lines and facts."""
