"""Pages of docs/ that are made from what runs."""
