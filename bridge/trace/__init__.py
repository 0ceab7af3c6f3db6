"""All that is known of one name, or of one node of a tape."""
