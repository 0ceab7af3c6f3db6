"""From a claim to a verdict: selection, worker processes, the store, witnesses."""
