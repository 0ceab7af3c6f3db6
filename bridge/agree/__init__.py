"""The parts of `agreement`: what is compared, where, against what, and how far apart is measured."""
