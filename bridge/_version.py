"""The version: the one place that says it, readable without package metadata."""

__version__ = "0.1.0"
