"""Elaborated statements as claims: core terms become closures over certified scalars, run by the judge."""
