"""Two definitions of one name held against each other: text against mirror, or text against older text."""
