"""The parts of `graph_agreement`: random graphs, their tapes, how far floats may be off, what is compared."""
